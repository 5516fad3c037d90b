package org.cnnc.training.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.cnnc.runtime.Picture;
import org.cnnc.runtime.Tensor.ElementType;

/**
 * An image that is a tensor.
 *
 * @param number of it in the file
 * @param type of its elements there
 * @param shape [C, H, W]
 * @param values its elements; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record TensorImage(Path file, int number, ElementType type, List<Integer> shape, float[] values)
    implements StoredImage {
  private static final int WHITE = 255;

  @Override
  public String place() {
    return file + ", image " + number;
  }

  /** Type and shape. */
  @Override
  public String format() {
    return type + " " + shape;
  }

  /** How many of its numbers nothing can be learnt from. */
  int notFinite() {
    int count = 0;
    for (float value : values) {
      count += Float.isFinite(value) ? 0 : 1;
    }
    return count;
  }

  /**
   * For people to look at: of three channels in colour, else the first one in grey; numbers that
   * are no pixels from its smallest, black, to its largest, white.
   */
  @Override
  public Picture picture() {
    int height = shape.get(1);
    int width = shape.get(2);
    int area = height * width;
    boolean colours = shape.get(0) == 3;
    Range range = type == ElementType.U8 ? new Range(0, WHITE) : range(colours ? 3 * area : area);
    int[] argb = new int[area];
    for (int i = 0; i < area; i++) {
      int red = range.grey(values[i]);
      argb[i] =
          colours
              ? red << 16 | range.grey(values[area + i]) << 8 | range.grey(values[2 * area + i])
              : red * 0x10101;
    }
    return new Picture(argb, width, height);
  }

  private Range range(int elements) {
    float smallest = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < elements; i++) {
      smallest = Math.min(smallest, values[i]);
      largest = Math.max(largest, values[i]);
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
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }
}
