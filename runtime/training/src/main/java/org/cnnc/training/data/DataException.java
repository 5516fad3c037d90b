package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;

/** Data are not what they should be; the message names the file and what was expected. */
public final class DataException extends IOException {
  private static final long serialVersionUID = 1L;

  public DataException(Path file, String problem) {
    super(file + ": " + problem);
  }

  public DataException(Path file, long offset, String problem) {
    super(file + ", byte " + offset + ": " + problem);
  }

  public DataException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
