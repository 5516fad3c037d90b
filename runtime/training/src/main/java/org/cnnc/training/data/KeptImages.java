package org.cnnc.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes images that are fitted to a network, one after the other, and makes a data set of them.
 *
 * @param <A> what an image is: {@code byte[]}, pixels; or {@code float[]}, taken as they are
 */
interface KeptImages<A> {
  /** Keeps an image. */
  void add(A image) throws IOException;

  /**
   * All that was added, in its order.
   *
   * @param labels one an image; not copied
   */
  Dataset dataset(String description, List<String> classes, int[] labels) throws IOException;

  /** Nothing of it is wanted: there will be no data set. */
  void discard() throws IOException;

  /** Keeps them in memory. */
  abstract class InMemory<A> implements KeptImages<A> {
    final List<A> images = new ArrayList<>();

    @Override
    public final void add(A image) {
      images.add(image);
    }

    @Override
    public final void discard() {
      images.clear();
    }
  }

  /** Keeps pixels in memory. */
  final class PixelsInMemory extends InMemory<byte[]> {
    @Override
    public Dataset dataset(String description, List<String> classes, int[] labels) {
      return MemoryDataset.ofPixels(description, classes, images.toArray(new byte[0][]), labels);
    }
  }

  /** Keeps floats in memory. */
  final class FloatsInMemory extends InMemory<float[]> {
    @Override
    public Dataset dataset(String description, List<String> classes, int[] labels) {
      return MemoryDataset.ofFloats(description, classes, images.toArray(new float[0][]), labels);
    }
  }

  /** Keeps pixels in a file. */
  record PixelsOnDisk(ImageFile file) implements KeptImages<byte[]> {
    @Override
    public void add(byte[] pixels) throws IOException {
      file.add(pixels);
    }

    @Override
    public Dataset dataset(String description, List<String> classes, int[] labels)
        throws IOException {
      file.finish();
      return DiskDataset.ofPixels(description, classes, file, labels);
    }

    @Override
    public void discard() throws IOException {
      file.close();
    }
  }

  /** Keeps floats in a file, by their bits. */
  record FloatsOnDisk(ImageFile file) implements KeptImages<float[]> {
    @Override
    public void add(float[] values) throws IOException {
      byte[] bytes = new byte[file.elements()];
      ByteBuffer.wrap(bytes).asFloatBuffer().put(values);
      file.add(bytes);
    }

    @Override
    public Dataset dataset(String description, List<String> classes, int[] labels)
        throws IOException {
      file.finish();
      return DiskDataset.ofFloats(description, classes, file, labels);
    }

    @Override
    public void discard() throws IOException {
      file.close();
    }
  }
}
