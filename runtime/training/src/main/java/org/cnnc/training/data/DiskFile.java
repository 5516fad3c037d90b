package org.cnnc.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file on disk. */
record DiskFile(Path path) implements DataFile {
  /**
   * {@inheritDoc}
   *
   * @throws DataException if it is no regular file: reading a pipe need not end
   */
  @Override
  public long size() throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new DataException(path, "expected a regular file, found another kind: a pipe, say");
    }
    return Files.size(path);
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }
}
