package org.cnnc.training.data;

import java.nio.ByteBuffer;
import java.util.List;
import org.cnnc.runtime.Picture;

/** An image that is a tensor. */
record TensorImage(LabelledTensors all, int number) implements StoredImage {
  private static final int WHITE = 255;

  @Override
  public String place() {
    return all.file() + ", image " + number;
  }

  /** Type and shape. */
  @Override
  public String format() {
    return all.images().type() + " " + shape();
  }

  private List<Integer> shape() {
    return all.images().dims().subList(1, 4);
  }

  private float value(int element) {
    return all.images().values()[number * all.elements() + element];
  }

  /** How many of its numbers nothing can be learnt from. */
  int notFinite() {
    int count = 0;
    for (int i = 0; i < all.elements(); i++) {
      count += Float.isFinite(value(i)) ? 0 : 1;
    }
    return count;
  }

  /**
   * For people to look at: of three channels in colour, else the first one in grey; numbers that
   * are no pixels from its smallest, black, to its largest, white.
   */
  @Override
  public Picture picture() {
    int height = shape().get(1);
    int width = shape().get(2);
    int area = height * width;
    boolean colours = shape().get(0) == 3;
    Range range = all.arePixels() ? new Range(0, WHITE) : range(colours ? 3 * area : area);
    int[] argb = new int[area];
    for (int i = 0; i < area; i++) {
      int red = range.grey(value(i));
      argb[i] =
          colours
              ? red << 16 | range.grey(value(area + i)) << 8 | range.grey(value(2 * area + i))
              : red * 0x10101;
    }
    return new Picture(argb, width, height);
  }

  private Range range(int elements) {
    float smallest = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < elements; i++) {
      smallest = Math.min(smallest, value(i));
      largest = Math.max(largest, value(i));
    }
    return new Range(smallest, largest);
  }

  private record Range(double smallest, double largest) {
    int grey(float value) {
      double size = largest - smallest;
      return size > 0 ? (int) Math.round((value - smallest) / size * WHITE) : 0;
    }
  }

  /** Every bit of it: the picture shows less. */
  @Override
  public ByteBuffer content() {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * all.elements());
    bytes.asFloatBuffer().put(all.images().values(), number * all.elements(), all.elements());
    return bytes;
  }
}
