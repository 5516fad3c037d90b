package org.cnnc.compiler.emit.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0f",
    "-0.0, -0f",
    "1, 1f",
    "-2, -2f",
    "0.5, 0.5f",
    "1e-8, 1e-8f",
    "-1.5e-8, -1.5e-8f",
    "0.003921569, 0.003921569f",
    "16777216, 16777216f",
    "1e10, 1e10f",
    "3.4028235e38, 3.4028235e38f",
    "1.4e-45, 1e-45f",
    "2e-44, 2e-44f",
    "0.1, 0.1f"
  })
  void literalsAreShort(float value, String literal) {
    assertThat(FloatLiteral.of(value)).isEqualTo(literal);
  }

  @Test
  void literalsMeanExactlyTheFloat() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        assertThat(Float.floatToIntBits(Float.parseFloat(FloatLiteral.of(value))))
            .as(FloatLiteral.of(value))
            .isEqualTo(Float.floatToIntBits(value));
      }
    }
  }
}
