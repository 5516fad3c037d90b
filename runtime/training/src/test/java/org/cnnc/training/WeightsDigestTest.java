package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.Test;

class WeightsDigestTest {
  private static final Tensor BIAS = Tensor.of(List.of(2), new float[] {0.5f, -1});
  private static final Tensor WEIGHT = Tensor.of(List.of(1, 3), new float[] {1, 2, 3});

  /**
   * In Python: {@code sha256(b"a.bias" + pack(">2f", 0.5, -1) + b"b.weight" + pack(">3f", 1, 2,
   * 3))}.
   */
  @Test
  void namesAndBitsInTheOrderOfTheNames() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b.weight", WEIGHT);
    tensors.put("a.bias", BIAS);
    assertThat(WeightsDigest.of(tensors))
        .isEqualTo("c70bd0102c8a9c44576bdc79a6588aa3294cbd5d0717a2489d7909e1228a86a4")
        .isEqualTo(WeightsDigest.of(Map.of("a.bias", BIAS, "b.weight", WEIGHT)));
  }
}
