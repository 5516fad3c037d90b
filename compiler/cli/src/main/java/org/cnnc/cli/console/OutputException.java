package org.cnnc.cli.console;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Standard output takes no more. */
public final class OutputException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  OutputException(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** Whether the reader of a pipe has gone, as {@code head} does when it has seen enough. */
  boolean isClosedPipe() {
    String message = String.valueOf(getMessage());
    return message.contains("Broken pipe") || message.contains("pipe is being closed");
  }
}
