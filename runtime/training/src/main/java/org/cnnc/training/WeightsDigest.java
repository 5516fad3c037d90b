package org.cnnc.training;

import java.util.Map;
import java.util.TreeMap;
import org.cnnc.runtime.Tensor;

/** What weights say of their own values, so that a bit that has changed since is seen. */
public final class WeightsDigest {
  /** Metadata key of a weights file: the digest of its tensors. */
  public static final String KEY = "cnnc.weights.sha256";

  private WeightsDigest() {}

  /**
   * The digest of tensors: names and values, in the order of the names, as another tool may store
   * the same ones in another order.
   *
   * @return 64 hexadecimal digits
   */
  public static String of(Map<String, Tensor> tensors) {
    return ParametersDigest.of(new TreeMap<>(tensors));
  }
}
