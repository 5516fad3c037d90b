package org.cnnc.training.picture;

import java.io.IOException;

/** Bytes are not the picture they should be; the message says why, but not of which file. */
public final class BrokenPictureException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenPictureException(String problem) {
    super(problem);
  }

  BrokenPictureException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
