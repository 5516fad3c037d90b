package org.cnnc.training.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes images that are fitted to a network, one after the other, and makes a data set of them. */
interface KeptImages {
  /** Keeps an image. */
  void add(byte[] pixels) throws IOException;

  /**
   * All that was added, in its order.
   *
   * @param labels one an image; not copied
   */
  Dataset dataset(String description, List<String> classes, int[] labels) throws IOException;

  /** Nothing of it is wanted: there will be no data set. */
  void discard() throws IOException;

  /** Keeps them in memory. */
  final class InMemory implements KeptImages {
    private final List<byte[]> images = new ArrayList<>();

    @Override
    public void add(byte[] pixels) {
      images.add(pixels);
    }

    @Override
    public Dataset dataset(String description, List<String> classes, int[] labels) {
      return MemoryDataset.ofPixels(description, classes, images.toArray(new byte[0][]), labels);
    }

    @Override
    public void discard() {
      images.clear();
    }
  }

  /** Keeps them in a file. */
  record OnDisk(ImageFile file) implements KeptImages {
    @Override
    public void add(byte[] pixels) throws IOException {
      file.add(pixels);
    }

    @Override
    public Dataset dataset(String description, List<String> classes, int[] labels)
        throws IOException {
      file.finish();
      return new DiskDataset(description, classes, file, labels);
    }

    @Override
    public void discard() throws IOException {
      file.close();
    }
  }
}
