package org.cnnc.training;

import java.io.IOException;

/** A sound file is no checkpoint, or one of another run; the message says what differs. */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  CheckpointException(String file, String problem) {
    super(file + ": " + problem);
  }
}
