package org.cnnc.runtime;

import java.io.IOException;

/** A file is not the safetensors file it should be; the message names the file and the offset. */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  SafetensorsException(String file, long offset, String problem) {
    super(file + ", byte " + offset + ": " + problem);
  }
}
