package org.cnnc.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as decimal text, the same on every JDK. {@link Float#toString} and {@link
 * Double#toString} would not do: they give other digits before Java 19.
 */
final class Decimals {
  private static final int FLOAT_DIGITS = 9;

  /** More zeros than this nobody counts. */
  private static final int LONGEST_PLAIN_SCALE = 7;

  private Decimals() {}

  /** The decimal with the fewest digits that rounds to this float: what a user wrote. */
  static BigDecimal shortest(float value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = 1;
    while (digits < FLOAT_DIGITS && rounded(exact, digits).floatValue() != value) {
      digits++;
    }
    return rounded(exact, digits);
  }

  /** The same as people read it: {@code 0.01}, {@code 100}, {@code 3E+38}. */
  static String text(float value) {
    BigDecimal shortest = shortest(value);
    return Math.abs(shortest.scale()) <= LONGEST_PLAIN_SCALE
        ? shortest.toPlainString()
        : shortest.toString();
  }

  private static BigDecimal rounded(BigDecimal exact, int digits) {
    return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  /** With six places after the point, half up; {@code nan} and the like as words. */
  static String sixPlaces(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(6, RoundingMode.HALF_UP).toPlainString()
        : "not finite";
  }
}
