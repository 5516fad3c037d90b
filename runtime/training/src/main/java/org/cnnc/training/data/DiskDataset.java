package org.cnnc.training.data;

import java.nio.ByteBuffer;
import java.util.List;

/** A data set whose pixels lie in a file; classes are in memory. */
final class DiskDataset extends LabelledDataset {
  private final ImageFile images;
  private final ThreadLocal<ByteBuffer> buffers;

  DiskDataset(String description, List<String> classes, ImageFile images, int[] labels) {
    super(description, classes, labels);
    this.images = images;
    this.buffers = ThreadLocal.withInitial(() -> ByteBuffer.allocate(images.elements()));
  }

  @Override
  public boolean isOnDisk() {
    return true;
  }

  @Override
  public void read(int image, ImageSink sink) {
    ByteBuffer buffer = buffers.get();
    images.read(image, buffer);
    sink.pixels(buffer.array(), buffer.arrayOffset());
  }
}
