package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the images of data sets, fitted to a network: in memory as long as half of it is left to
 * others, or else in a file for each data set. Every bit that is learnt from them is the same.
 *
 * <p>Files go when the store is closed, when nobody can reach it or their data set any more, or
 * when the process ends, however it does. Not to be used by several threads; its data sets are.
 */
public final class ImageStore implements AutoCloseable {
  /** What an image takes in memory beside its bytes: the head of an array, and a reference. */
  private static final int BESIDE = 24;

  /** Where images are kept. */
  public enum Place {
    /** In memory as long as there is room, else on disk. */
    AUTO,
    /** In memory, or not at all. */
    MEMORY,
    /** On disk. */
    DISK
  }

  private final Place place;
  private final Path folder;
  private final Consumer<String> listener;
  private final long room;
  private final List<ImageFile> files = new ArrayList<>();
  private long held;

  /** A store that takes the disk when memory has no room, in the folder for temporary files. */
  public ImageStore() {
    this(Place.AUTO, temporaryFolder(), message -> {});
  }

  /**
   * A store.
   *
   * @param folder for files
   * @param listener is told, in a sentence, when images go to disk
   */
  public ImageStore(Place place, Path folder, Consumer<String> listener) {
    this(place, folder, listener, Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * The same for a memory of another size.
   *
   * @param room most bytes of images that are held in memory
   */
  ImageStore(Place place, Path folder, Consumer<String> listener, long room) {
    this.place = place;
    this.folder = folder;
    this.listener = listener;
    this.room = room;
  }

  /** The folder for temporary files, as Java was told. */
  public static Path temporaryFolder() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * Chooses where the images of a data set go.
   *
   * @param data where they come from, for messages
   * @param images how many there are at most
   * @param elements pixels of each, of all channels
   * @throws DataException if there is no room for them; nothing is read yet then
   */
  KeptImages<byte[]> keep(Path data, long images, int elements) throws IOException {
    Optional<ImageFile> file = file(data, images, elements);
    return file.isPresent()
        ? new KeptImages.PixelsOnDisk(file.get())
        : new KeptImages.PixelsInMemory();
  }

  /** The same for images of floats. */
  KeptImages<float[]> keepFloats(Path data, long images, int elements) throws IOException {
    Optional<ImageFile> file = file(data, images, Math.multiplyExact(elements, Float.BYTES));
    return file.isPresent()
        ? new KeptImages.FloatsOnDisk(file.get())
        : new KeptImages.FloatsInMemory();
  }

  /** Keeps what is in an archive while images are read from it: less than they take themselves. */
  EntryStore entries() {
    return new EntryStore(folder, listener, room / 2);
  }

  /** A file for images of this many bytes each; none if they are to be kept in memory. */
  private Optional<ImageFile> file(Path data, long images, int bytes) throws IOException {
    long inMemory = images * ((long) bytes + BESIDE);
    if (place == Place.MEMORY) {
      Memory.expectRoomFor(
          data, held + inMemory, ", or keep them on disk (--data-in, Maven: dataIn)");
    }
    if (place == Place.MEMORY || (place == Place.AUTO && held + inMemory <= room)) {
      held += inMemory;
      return Optional.empty();
    }
    ImageFile file = ImageFile.create(folder, images, bytes);
    files.add(file);
    listener.accept(
        String.format(
            Locale.ROOT,
            "%s: %,d images of %,d bytes%s are kept on disk while this runs, %,d bytes in %s",
            data,
            images,
            bytes,
            place == Place.AUTO ? " would fill Java's memory; they" : "",
            images * bytes,
            folder));
    return Optional.of(file);
  }

  /** Deletes the files: their data sets cannot be read any more. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (ImageFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    files.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
