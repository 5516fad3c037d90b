package org.cnnc.compiler.graph.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * An exact number: a reduced fraction with a positive denominator. Operations are exact; what would
 * grow beyond {@link #MAXIMAL_BITS} is refused, so that no text can make the compiler run out of
 * memory.
 */
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
  /** Length of the longest numerator or denominator: some 1,200 decimal digits. */
  static final int MAXIMAL_BITS = 4096;

  private static final int FLOAT_PRECISION = 24;

  /** The exponent of the smallest positive float is -149. */
  private static final int FLOAT_SMALLEST_EXPONENT = 149;

  Rational {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("denominator " + denominator);
    }
    BigInteger divisor = numerator.gcd(denominator);
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
  }

  static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  /** A literal; empty if it is too long to compute with. */
  static Optional<Rational> of(BigDecimal value) {
    // Checked before anything is expanded: 1e999999999 is a short text and a gigabyte of digits.
    if (value.signum() != 0
        && (Math.abs((long) value.scale()) > MAXIMAL_BITS || value.precision() > MAXIMAL_BITS)) {
      return Optional.empty();
    }
    if (value.signum() == 0) {
      return Optional.of(of(0));
    }
    BigInteger unscaled = value.unscaledValue();
    BigInteger power = BigInteger.TEN.pow(Math.abs(value.scale()));
    return value.scale() >= 0
        ? limited(unscaled, power)
        : limited(unscaled.multiply(power), BigInteger.ONE);
  }

  Optional<Rational> plus(Rational other) {
    return limited(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  Optional<Rational> minus(Rational other) {
    return plus(other.negated());
  }

  Optional<Rational> times(Rational other) {
    return limited(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /** The exact quotient; {@code other} is not zero. */
  Optional<Rational> dividedBy(Rational other) {
    BigInteger sign = BigInteger.valueOf(other.numerator.signum());
    return limited(
        numerator.multiply(other.denominator).multiply(sign),
        denominator.multiply(other.numerator.abs()));
  }

  Rational negated() {
    return new Rational(numerator.negate(), denominator);
  }

  boolean isZero() {
    return numerator.signum() == 0;
  }

  /** The value, if it is a whole number that fits in a long. */
  Optional<Long> toLong() {
    return denominator.equals(BigInteger.ONE) && numerator.bitLength() < Long.SIZE
        ? Optional.of(numerator.longValueExact())
        : Optional.empty();
  }

  /** The nearest float32, ties to even; infinite if the value is beyond the largest. */
  float toFloat() {
    if (isZero()) {
      return 0f;
    }
    BigInteger magnitude = numerator.abs();
    // The quotient magnitude * 2^shift / denominator gets 24 or 25 bits, fewer for subnormals.
    int exponent = magnitude.bitLength() - denominator.bitLength();
    int shift = Math.min(FLOAT_PRECISION - exponent, FLOAT_SMALLEST_EXPONENT);
    if (divide(magnitude, shift).bitLength() > FLOAT_PRECISION) {
      shift--;
    }
    BigInteger rounded = divideHalfEven(magnitude, shift);
    float result = Math.scalb(rounded.floatValue(), -shift);
    return numerator.signum() < 0 ? -result : result;
  }

  private BigInteger divide(BigInteger magnitude, int shift) {
    return magnitude
        .shiftLeft(Math.max(shift, 0))
        .divide(denominator.shiftLeft(Math.max(-shift, 0)));
  }

  private BigInteger divideHalfEven(BigInteger magnitude, int shift) {
    BigInteger divisor = denominator.shiftLeft(Math.max(-shift, 0));
    BigInteger[] parts = magnitude.shiftLeft(Math.max(shift, 0)).divideAndRemainder(divisor);
    int comparison = parts[1].shiftLeft(1).compareTo(divisor);
    boolean up = comparison > 0 || (comparison == 0 && parts[0].testBit(0));
    return up ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /** For messages: {@code 3}, {@code 0.25}, {@code 1/3}; long numbers are rounded. */
  @Override
  public String toString() {
    BigDecimal rounded =
        new BigDecimal(numerator)
            .divide(
                new BigDecimal(denominator), new java.math.MathContext(12, RoundingMode.HALF_EVEN));
    boolean exact =
        rounded.multiply(new BigDecimal(denominator)).compareTo(new BigDecimal(numerator)) == 0;
    if (!exact && numerator.bitLength() < Integer.SIZE && denominator.bitLength() < Integer.SIZE) {
      return numerator + "/" + denominator;
    }
    BigDecimal stripped = rounded.stripTrailingZeros();
    return Math.abs((long) stripped.scale()) > 12 ? stripped.toString() : stripped.toPlainString();
  }

  private static Optional<Rational> limited(BigInteger numerator, BigInteger denominator) {
    Rational result = new Rational(numerator, denominator);
    return result.numerator.bitLength() <= MAXIMAL_BITS
            && result.denominator.bitLength() <= MAXIMAL_BITS
        ? Optional.of(result)
        : Optional.empty();
  }
}
