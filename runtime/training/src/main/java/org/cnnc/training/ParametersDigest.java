package org.cnnc.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.cnnc.runtime.Tensor;

/**
 * What parameters hold, as a SHA-256: names and bits, in their order, whatever file they are in. It
 * tells the weights of one model apart.
 */
public final class ParametersDigest {
  private static final int CHUNK = 1 << 12;

  private ParametersDigest() {}

  /**
   * The digest of parameters.
   *
   * @param parameters in the order of the program
   * @return 64 hexadecimal digits
   */
  public static String of(Map<String, Tensor> parameters) {
    MessageDigest digest = sha256();
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
    parameters.forEach(
        (name, tensor) -> {
          digest.update(name.getBytes(StandardCharsets.UTF_8));
          float[] values = tensor.values();
          for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            bytes.clear().limit(count * Float.BYTES);
            bytes.asFloatBuffer().put(values, from, count);
            digest.update(bytes);
          }
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
