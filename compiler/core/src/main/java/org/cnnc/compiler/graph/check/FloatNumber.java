package org.cnnc.compiler.graph.check;

import java.math.BigDecimal;
import org.cnnc.compiler.graph.op.FloatText;

/**
 * A number that becomes a float32, within a range. The exact number and what becomes of it must
 * both lie in the range: 1e-60 is above 0, but its float32 is not.
 */
record FloatNumber(
    String description, Rational lower, boolean lowerIn, Rational upper, boolean upperIn)
    implements AttributeType<Float> {
  private static final Rational LARGEST = exact(Float.MAX_VALUE);

  static FloatNumber any() {
    return new FloatNumber("a number", LARGEST.negated(), true, LARGEST, true);
  }

  static FloatNumber aboveZero() {
    return new FloatNumber("a number above 0", Rational.of(0), false, LARGEST, true);
  }

  static FloatNumber notNegative() {
    return new FloatNumber("a number not below 0", Rational.of(0), true, LARGEST, true);
  }

  /** From 0 to below 1. */
  static FloatNumber fraction() {
    return new FloatNumber(
        "a number from 0 to below 1", Rational.of(0), true, Rational.of(1), false);
  }

  @Override
  public Reading<Float> read(Meaning meaning) {
    if (!(meaning instanceof Meaning.OfNumber found)) {
      return Reading.wrongType(meaning);
    }
    if (!contains(found.number())) {
      return Reading.outOfRange(meaning, found.number());
    }
    float rounded = found.number().toFloat();
    return contains(exact(rounded))
        ? Reading.of(rounded)
        : Reading.outOfRange(meaning, FloatText.of(rounded) + " as a float32");
  }

  private boolean contains(Rational number) {
    int belowUpper = number.compareTo(upper);
    int aboveLower = number.compareTo(lower);
    return (aboveLower > 0 || (lowerIn && aboveLower == 0))
        && (belowUpper < 0 || (upperIn && belowUpper == 0));
  }

  private static Rational exact(float number) {
    return Rational.of(new BigDecimal(number)).orElseThrow();
  }
}
