package org.cnnc.compiler.graph.op;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The shortest decimal that means a float. {@link Float#toString} is not it: its digits depend on
 * the JDK, and texts of the graph are hashed.
 */
public final class FloatText {
  /** So many digits tell any two floats apart. */
  private static final int SUFFICIENT_DIGITS = 9;

  private static final int LONGEST_PLAIN_SCALE = 7;

  private FloatText() {}

  /** {@code 0.01}, {@code 3}, {@code 1E-8}; the value is finite. */
  public static String of(float value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = 1;
    while (digits < SUFFICIENT_DIGITS && rounded(exact, digits).floatValue() != value) {
      digits++;
    }
    BigDecimal shortest = rounded(exact, digits);
    return Math.abs(shortest.scale()) <= LONGEST_PLAIN_SCALE
        ? shortest.toPlainString()
        : shortest.toString();
  }

  private static BigDecimal rounded(BigDecimal exact, int digits) {
    return exact.round(new MathContext(digits)).stripTrailingZeros();
  }
}
