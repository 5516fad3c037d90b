package org.cnnc.compiler;

import java.io.IOException;
import java.nio.file.Path;

/** A file that cnnc did not make is where a generated one should go; it stays as it is. */
public final class ForeignFileException extends IOException {
  private static final long serialVersionUID = 1L;

  ForeignFileException(Path file) {
    super(file + ": exists and was not made by cnnc; choose another folder");
  }
}
