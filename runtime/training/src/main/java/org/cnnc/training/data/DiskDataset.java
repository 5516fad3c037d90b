package org.cnnc.training.data;

import java.nio.ByteBuffer;
import java.util.List;

/** A data set whose pixels lie in a file; classes are in memory. */
final class DiskDataset implements Dataset {
  private final String description;
  private final List<String> classes;
  private final int[] labels;
  private final ImageFile images;
  private final ThreadLocal<ByteBuffer> buffers;

  DiskDataset(String description, List<String> classes, ImageFile images, int[] labels) {
    this.description = description;
    this.classes = List.copyOf(classes);
    this.labels = labels;
    this.images = images;
    this.buffers = ThreadLocal.withInitial(() -> ByteBuffer.allocate(images.elements()));
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean isOnDisk() {
    return true;
  }

  @Override
  public int label(int image) {
    return labels[image];
  }

  @Override
  public void read(int image, ImageSink sink) {
    ByteBuffer buffer = buffers.get();
    images.read(image, buffer);
    sink.pixels(buffer.array(), buffer.arrayOffset());
  }
}
