package org.example.sketchpad;

import java.util.Map;
import org.cnnc.runtime.Safetensors;

/**
 * An answer over HTTP.
 *
 * @param body not copied
 */
record Reply(int status, String type, byte[] body) {
  /** A value as JSON. */
  static Reply json(int status, Object value) {
    return new Reply(status, "application/json", Json.write(value));
  }

  /** Why a request was refused: {@code {"error": "..."}}. */
  static Reply error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  /** Named tensors: a safetensors file. */
  static Reply tensors(Safetensors tensors) {
    return new Reply(200, "application/octet-stream", tensors.toBytes());
  }
}
