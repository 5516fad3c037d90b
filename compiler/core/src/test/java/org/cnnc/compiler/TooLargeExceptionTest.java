package org.cnnc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TooLargeExceptionTest {
  private static final int LARGE = 1 << 30;

  static Stream<Supplier<Object>> overflows() {
    return Stream.of(
        () -> Math.multiplyExact(LARGE, 2),
        () -> Math.addExact(LARGE, LARGE),
        () -> Math.toIntExact(2L * LARGE),
        () -> Math.multiplyExact((long) LARGE * LARGE, 8));
  }

  @ParameterizedTest
  @MethodSource("overflows")
  void whatOverflowsIsTooLarge(Supplier<Object> maker) {
    assertThatExceptionOfType(TooLargeException.class)
        .isThrownBy(() -> TooLargeException.expectSizes(maker));
  }

  /** Else a bug of the compiler would be told to the user as a mistake in the text. */
  @Test
  void otherArithmeticIsNot() throws TooLargeException {
    int nothing = LARGE << 2;
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> TooLargeException.expectSizes(() -> LARGE / nothing))
        .withMessage("/ by zero");
    assertThat(TooLargeException.<Integer>expectSizes(() -> LARGE)).isEqualTo(LARGE);
  }
}
