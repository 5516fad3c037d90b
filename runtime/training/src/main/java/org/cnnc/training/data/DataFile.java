package org.cnnc.training.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** A file of data: on disk, or inside of an archive, where it is read in place. */
interface DataFile {
  /** How messages name it; for a file of an archive, the archive's path and the entry's name. */
  Path path();

  /** Its name without folders. */
  default String name() {
    return String.valueOf(path().getFileName());
  }

  /** Bytes that it holds. */
  long size() throws IOException;

  /** Its bytes: never more than {@link #size}. */
  InputStream open() throws IOException;

  /**
   * All its bytes.
   *
   * @param most refused if it holds more
   * @param what it is expected to be: "a picture"
   */
  default byte[] bytes(int most, String what) throws IOException {
    long size = size();
    if (size > most) {
      throw new DataException(
          path(), "expected " + what + " of at most " + most + " bytes, found " + size);
    }
    try (InputStream in = open()) {
      return in.readNBytes((int) size + 1); // to the end, and grows with what is there
    } catch (ZipException | EOFException e) {
      throw new DataException(path(), "broken zipped data: " + e.getMessage(), e);
    }
  }
}
