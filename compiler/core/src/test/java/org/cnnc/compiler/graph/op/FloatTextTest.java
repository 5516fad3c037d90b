package org.cnnc.compiler.graph.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.01, 0.01",
    "1e-8, 1E-8",
    "3, 3",
    "127.5, 127.5",
    "-0.1, -0.1",
    "3.4028235e38, 3.4028235E+38",
    "2e-45, 1E-45"
  })
  void theTextIsShort(float value, String text) {
    assertThat(FloatText.of(value)).isEqualTo(text);
  }

  @Test
  void theTextMeansTheSameFloat() {
    Random random = new Random(20_264);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        assertThat(Float.parseFloat(FloatText.of(value))).isEqualTo(value + 0f);
      }
    }
  }
}
