package org.cnnc.training.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;

/** A data set whose images lie in a file, as pixels or as floats; classes are in memory. */
final class DiskDataset extends LabelledDataset {
  /** What a thread reads images into, and hands them over from. */
  private interface Reader {
    void read(int image, ImageSink sink);
  }

  private final ThreadLocal<Reader> readers;

  private DiskDataset(
      String description, List<String> classes, int[] labels, Supplier<Reader> reader) {
    super(description, classes, labels);
    this.readers = ThreadLocal.withInitial(reader);
  }

  /** Images of pixels, a byte each. */
  static DiskDataset ofPixels(
      String description, List<String> classes, ImageFile images, int[] labels) {
    return new DiskDataset(description, classes, labels, () -> pixelsOf(images));
  }

  private static Reader pixelsOf(ImageFile images) {
    ByteBuffer buffer = ByteBuffer.allocate(images.elements());
    return (image, sink) -> {
      images.read(image, buffer);
      sink.pixels(buffer.array(), buffer.arrayOffset());
    };
  }

  /** Images of floats, four bytes each. */
  static DiskDataset ofFloats(
      String description, List<String> classes, ImageFile images, int[] labels) {
    return new DiskDataset(description, classes, labels, () -> floatsOf(images));
  }

  private static Reader floatsOf(ImageFile images) {
    ByteBuffer buffer = ByteBuffer.allocate(images.elements());
    FloatBuffer stored = buffer.asFloatBuffer();
    float[] values = new float[stored.capacity()];
    return (image, sink) -> {
      images.read(image, buffer);
      stored.get(0, values);
      sink.floats(values, 0);
    };
  }

  @Override
  public boolean isOnDisk() {
    return true;
  }

  @Override
  public void read(int image, ImageSink sink) {
    readers.get().read(image, sink);
  }
}
