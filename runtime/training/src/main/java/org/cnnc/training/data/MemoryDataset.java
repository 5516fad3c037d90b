package org.cnnc.training.data;

import java.util.List;

/** A data set in memory: one array an image, of pixels or of floats. */
public final class MemoryDataset extends LabelledDataset {
  private final ImageReader images;

  /** Hands out an image by its number. */
  private interface ImageReader {
    void read(int image, ImageSink sink);
  }

  private MemoryDataset(
      String description, List<String> classes, int[] labels, ImageReader images) {
    super(description, classes, labels.clone());
    this.images = images;
  }

  /**
   * Images of pixels from 0 to 255.
   *
   * @param pixels one array an image, channel-major; not copied
   * @param labels one an image
   */
  public static MemoryDataset ofPixels(
      String description, List<String> classes, byte[][] pixels, int[] labels) {
    checkCount(pixels.length, labels.length);
    return new MemoryDataset(
        description, classes, labels, (image, sink) -> sink.pixels(pixels[image], 0));
  }

  /**
   * Images of floats, taken as they are.
   *
   * @param values all images one after the other, channel-major; not copied
   * @param labels one an image
   */
  public static MemoryDataset ofFloats(String description, float[] values, int[] labels) {
    int elements = labels.length == 0 ? 0 : values.length / labels.length;
    checkCount(values.length, labels.length * elements);
    return new MemoryDataset(
        description, List.of(), labels, (image, sink) -> sink.floats(values, image * elements));
  }

  /**
   * Images of floats, taken as they are.
   *
   * @param values one array an image, channel-major; not copied
   * @param labels one an image
   */
  static MemoryDataset ofFloats(
      String description, List<String> classes, float[][] values, int[] labels) {
    checkCount(values.length, labels.length);
    return new MemoryDataset(
        description, classes, labels, (image, sink) -> sink.floats(values[image], 0));
  }

  private static void checkCount(int images, int labels) {
    if (images != labels) {
      throw new IllegalArgumentException(images + " elements of images, expected " + labels);
    }
  }

  @Override
  public void read(int image, ImageSink sink) {
    images.read(image, sink);
  }
}
