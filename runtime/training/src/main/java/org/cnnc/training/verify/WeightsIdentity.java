package org.cnnc.training.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.cnnc.runtime.Tensor;

/**
 * Tells weights apart: the SHA-256 of the parameters' names and bits, whatever file they are in.
 */
final class WeightsIdentity {
  private WeightsIdentity() {}

  /**
   * The identity of parameters.
   *
   * @param parameters in the order of the program
   * @return 64 hexadecimal digits
   */
  static String of(Map<String, Tensor> parameters) {
    MessageDigest digest = sha256();
    parameters.forEach(
        (name, tensor) -> {
          digest.update((name + tensor.dims()).getBytes(StandardCharsets.UTF_8));
          ByteBuffer bytes = ByteBuffer.allocate(tensor.values().length * Float.BYTES);
          bytes.asFloatBuffer().put(tensor.values());
          digest.update(bytes);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
