package org.cnnc.compiler.emit.source;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Prints floats as the shortest Java literal that means exactly them. Not {@code Float.toString}:
 * before JDK 19 it has digits too many, and generated files must not depend on the JDK.
 */
final class FloatLiteral {
  /** Nine digits tell any two floats apart. */
  private static final int MOST_DIGITS = 9;

  private FloatLiteral() {}

  /** The literal of a finite value, {@code -0.5f}. */
  static String of(float value) {
    String sign = Float.floatToRawIntBits(value) < 0 ? "-" : "";
    return sign + magnitude(Math.abs(value)) + "f";
  }

  private static String magnitude(float value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(value).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 8) {
      return shortest.toPlainString();
    }
    BigDecimal significand = shortest.movePointLeft(exponent).stripTrailingZeros();
    return significand.toPlainString() + "e" + exponent;
  }

  private static BigDecimal shortest(float value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (Float.parseFloat(rounded.toString()) == value) {
        return rounded;
      }
    }
    return exact.round(new MathContext(MOST_DIGITS));
  }
}
