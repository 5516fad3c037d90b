package org.cnnc.compiler.graph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RationalTest {
  @Test
  void aThirdThreeTimesIsOne() {
    Rational third = Rational.of(1).dividedBy(Rational.of(3)).orElseThrow();
    assertThat(third.times(Rational.of(3))).contains(Rational.of(1));
    assertThat(third.plus(third).orElseThrow().plus(third)).contains(Rational.of(1));
    assertThat(third.minus(third).orElseThrow().isZero()).isTrue();
  }

  @Test
  void aTenthAndAFifthIsThreeTenths() {
    assertThat(of("0.1").plus(of("0.2"))).contains(of("0.3"));
  }

  @Test
  void divisionByANegativeNumberKeepsTheDenominatorPositive() {
    Rational quotient = Rational.of(3).dividedBy(Rational.of(-6)).orElseThrow();
    assertThat(quotient).isEqualTo(of("-0.5"));
    assertThat(quotient.denominator()).isEqualTo(BigInteger.TWO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "1e2000", "123e-5000"})
  void absurdExponentsAreRefusedBeforeTheyAreExpanded(String text) {
    assertThat(Rational.of(new BigDecimal(text))).isEmpty();
  }

  @Test
  void zeroIsZeroWhateverItsExponent() {
    assertThat(Rational.of(new BigDecimal("0e999999999"))).contains(Rational.of(0));
  }

  @Test
  void growthWithoutEndIsRefused() {
    Rational number = of("1e300");
    int squarings = 0;
    while (number.times(number).isPresent()) {
      number = number.times(number).orElseThrow();
      squarings++;
    }
    assertThat(squarings).isEqualTo(2);
  }

  @Test
  void onlyWholeNumbersThatFitAreLongs() {
    assertThat(Rational.of(Long.MAX_VALUE).toLong()).contains(Long.MAX_VALUE);
    assertThat(of("9223372036854775808").toLong()).isEmpty();
    assertThat(of("0.5").toLong()).isEmpty();
    assertThat(of("6").dividedBy(of("2")).orElseThrow().toLong()).contains(3L);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.1, 0.1",
    "3.4028234663852886e38, 3.4028235e38",
    "3.4028235677973366e38, 3.4028235e38",
    "3.4028235677973367e38, Infinity",
    "1e39, Infinity",
    "-1e300, -Infinity",
    "1.401298464324817e-45, 1.4e-45",
    "7.006492321624085e-46, 0",
    "7.006492321624086e-46, 1.4e-45",
    "1e-300, 0",
    "16777217, 16777216",
    "16777219, 16777220",
    "1.17549435e-38, 1.17549435e-38",
    "1.1754942807573643e-38, 1.17549435e-38"
  })
  void theFloatIsTheNearestWithTiesToEven(String decimal, float expected) {
    assertThat(of(decimal).toFloat()).isEqualTo(expected);
  }

  /** Oracle: Float.parseFloat, which rounds decimals correctly. */
  @Test
  void decimalsRoundAsTheJavaCompilerRoundsThem() {
    Random random = new Random(20_261);
    for (int i = 0; i < 20_000; i++) {
      float near = Float.intBitsToFloat(random.nextInt());
      if (!Float.isFinite(near)) {
        continue;
      }
      // Decimals near a float, and exactly between two floats.
      String decimal =
          switch (i % 3) {
            case 0 -> Float.toString(near);
            case 1 -> new BigDecimal((near + (double) Math.nextUp(near)) / 2).toString();
            default -> near + "" + random.nextInt(1000);
          };
      if (i % 3 == 2 && decimal.contains("E")) {
        continue;
      }
      assertThat(of(decimal).toFloat() + 0f).as(decimal).isEqualTo(Float.parseFloat(decimal) + 0f);
    }
  }

  /** Oracle: the definition. No float is nearer than the one that is given. */
  @Test
  void quotientsRoundToTheNearestFloat() {
    Random random = new Random(20_262);
    for (int i = 0; i < 5_000; i++) {
      Rational quotient =
          Rational.of(random.nextInt(1_000_000) + 1)
              .dividedBy(Rational.of(random.nextInt(1_000_000) + 1))
              .orElseThrow();
      float rounded = quotient.toFloat();
      Rational distance = distance(quotient, rounded);
      assertThat(distance).isLessThanOrEqualTo(distance(quotient, Math.nextUp(rounded)));
      assertThat(distance).isLessThanOrEqualTo(distance(quotient, Math.nextDown(rounded)));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "2.50, 2.5", "-0.125, -0.125", "1e30, 1E+30", "1000000, 1000000"})
  void messagesShowNumbersAsPeopleWriteThem(String decimal, String shown) {
    assertThat(of(decimal)).hasToString(shown);
  }

  @Test
  void messagesShowFractionsThatNoDecimalShows() {
    assertThat(Rational.of(1).dividedBy(Rational.of(3)).orElseThrow()).hasToString("1/3");
  }

  private static Rational distance(Rational exact, float rounded) {
    Rational difference = exact.minus(of(new BigDecimal(rounded).toString())).orElseThrow();
    return difference.numerator().signum() < 0 ? difference.negated() : difference;
  }

  private static Rational of(String decimal) {
    return Rational.of(new BigDecimal(decimal)).orElseThrow();
  }
}
