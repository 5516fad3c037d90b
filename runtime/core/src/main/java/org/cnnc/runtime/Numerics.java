package org.cnnc.runtime;

/**
 * The elementary functions of generated code: one definition each, in float arithmetic and bit
 * operations only, so that every machine, JDK and emitter computes the same bits. ({@code Math.exp}
 * and its like may differ between virtual machines.)
 *
 * <p>Each is a range reduction followed by a polynomial in Horner form with {@link Math#fma(float,
 * float, float)}. There is no table and no loop, and every branch is a choice between values that
 * could all be computed: the same operations can be done lane by lane. Coefficients are minimax
 * fits, rounded to float one after the other.
 *
 * <p>Errors are stated in units in the last place (ulp) of the exact result and hold for every
 * float, measured over all of them.
 */
public final class Numerics {
  private static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts; the first has 24 bits, for fused reduction. */
  private static final float LN2 = 0.6931472f;

  private static final float LN2_REST = -1.9046542e-9f;

  /** ln 2 in two parts; the first has 12 bits, so that its product with an exponent is exact. */
  private static final float LN2_SHORT = 0.69311523f;

  private static final float LN2_SHORT_REST = 3.1946183e-5f;

  /** 1.5 * 2^23: adding it rounds to an integer, which is then in the low bits. */
  private static final float ROUNDER = 12582912f;

  private static final int ROUNDER_BITS = 0x4b400000;

  /** Below it exp is 0, above {@link #EXP_HIGH} it is infinite, both by rounding. */
  private static final float EXP_LOW = -105f;

  private static final float EXP_HIGH = 89f;

  private static final int SQRT_HALF_BITS = 0x3f3504f3;
  private static final int MANTISSA = 0x7fffff;
  private static final float TWO_TO_23 = 8388608f;

  /** Up to here tanh is a polynomial, above it comes from exp. */
  private static final float TANH_SMALL = 0.6f;

  private Numerics() {}

  /**
   * {@code e^x}, error at most 1.02 ulp, subnormal results included; 0 for -infinity, infinity
   * above about 88.72, NaN for NaN.
   */
  public static float exp(float x) {
    float bounded = Math.min(Math.max(x, EXP_LOW), EXP_HIGH);
    float rounded = Math.fma(bounded, LOG2_E, ROUNDER);
    float n = rounded - ROUNDER;
    float r = Math.fma(-n, LN2_REST, Math.fma(-n, LN2, bounded));
    float p = 0.0013818365f;
    p = Math.fma(p, r, 0.008368716f);
    p = Math.fma(p, r, 0.041668296f);
    p = Math.fma(p, r, 0.16666521f);
    p = Math.fma(p, r, 0.49999994f);
    p = Math.fma(p, r * r, r) + 1f;
    // In two steps, because 2^n alone may be out of range: the first is exact, the second rounds.
    int exponent = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
    int half = exponent >> 1;
    return p * powerOfTwo(half) * powerOfTwo(exponent - half);
  }

  /**
   * Natural logarithm, error at most 0.81 ulp, subnormal arguments included; -infinity for both
   * zeros, NaN below zero and for NaN, infinity for infinity.
   */
  public static float log(float x) {
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * TWO_TO_23 : x) - SQRT_HALF_BITS;
    float exponent = (bits >> 23) - (subnormal ? 23 : 0);
    float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF_BITS) - 1f;
    float p = 0.06750956f;
    p = Math.fma(p, f, -0.11671449f);
    p = Math.fma(p, f, 0.11883568f);
    p = Math.fma(p, f, -0.12406032f);
    p = Math.fma(p, f, 0.14220327f);
    p = Math.fma(p, f, -0.16667996f);
    p = Math.fma(p, f, 0.20002073f);
    p = Math.fma(p, f, -0.2500001f);
    p = Math.fma(p, f, 0.33333313f);
    float square = f * f;
    float tail = Math.fma(exponent, LN2_SHORT_REST, square * f * p);
    float result = Math.fma(exponent, LN2_SHORT, Math.fma(-0.5f, square, tail) + f);
    result = x < Float.POSITIVE_INFINITY ? result : x;
    result = x < 0f ? Float.NaN : result;
    return x == 0f ? Float.NEGATIVE_INFINITY : result;
  }

  /** Hyperbolic tangent, error at most 1.34 ulp, odd; -1 and 1 at the infinities, NaN for NaN. */
  public static float tanh(float x) {
    float size = Math.abs(x);
    float value = size < TANH_SMALL ? smallTanh(size) : 1f - 2f / (exp(2f * size) + 1f);
    return Math.copySign(value, x);
  }

  private static float smallTanh(float x) {
    float square = x * x;
    float p = -0.0058979667f;
    p = Math.fma(p, square, 0.020798625f);
    p = Math.fma(p, square, -0.053784717f);
    p = Math.fma(p, square, 0.13331936f);
    p = Math.fma(p, square, -0.333333f);
    return Math.fma(p * square, x, x);
  }

  /** 2^n for -126 to 127. */
  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }
}
