package org.cnnc.runtime;

import java.io.IOException;

/** A sound file holds tensors that do not fit the network; the message names the first misfit. */
public final class WeightsException extends IOException {
  private static final long serialVersionUID = 1L;

  WeightsException(String message) {
    super(message);
  }
}
