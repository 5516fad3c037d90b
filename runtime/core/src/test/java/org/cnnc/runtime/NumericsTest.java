package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The oracle is StrictMath in double, which is exact to far less than a float's last place. */
class NumericsTest {
  /** A prime, so that all mantissas and exponents are met: some four million of all floats. */
  private static final int STRIDE = 997;

  private interface FloatFunction {
    float apply(float x);
  }

  @Test
  void expIsWithinItsBoundOverAllFloats() {
    assertThat(largestError(Numerics::exp, StrictMath::exp, 0, 1L << 32, STRIDE))
        .isLessThanOrEqualTo(1.02);
  }

  @Test
  void expUnderflowsGradually() {
    long from = Float.floatToRawIntBits(-87f) & 0xffffffffL;
    long to = Float.floatToRawIntBits(-105f) & 0xffffffffL;
    assertThat(largestError(Numerics::exp, StrictMath::exp, from, to, 3)).isLessThanOrEqualTo(1.02);
    assertThat(Numerics.exp(-103f)).isEqualTo(Float.MIN_VALUE);
    assertThat(Numerics.exp(-104f)).isZero();
  }

  @Test
  void logIsWithinItsBoundOverAllFloats() {
    assertThat(largestError(Numerics::log, StrictMath::log, 0, 1L << 32, STRIDE))
        .isLessThanOrEqualTo(0.81);
  }

  @Test
  void tanhIsWithinItsBoundOverAllFloats() {
    assertThat(largestError(Numerics::tanh, StrictMath::tanh, 0, 1L << 32, STRIDE))
        .isLessThanOrEqualTo(1.34);
  }

  @Test
  void placesWhereBranchesMeetAreWithinTheBounds() {
    for (float x : new float[] {0.6f, -0.6f, 88.72283f, 1f, 0.70710677f, Float.MIN_NORMAL}) {
      long bits = Float.floatToRawIntBits(x) & 0xffffffffL;
      assertThat(largestError(Numerics::tanh, StrictMath::tanh, bits - 1000, bits + 1000, 1))
          .isLessThanOrEqualTo(1.34);
      assertThat(largestError(Numerics::exp, StrictMath::exp, bits - 1000, bits + 1000, 1))
          .isLessThanOrEqualTo(1.02);
      assertThat(largestError(Numerics::log, StrictMath::log, bits - 1000, bits + 1000, 1))
          .isLessThanOrEqualTo(0.81);
    }
  }

  @Test
  void specialArgumentsHaveTheirMathematicalResults() {
    assertThat(Numerics.exp(0f)).isEqualTo(1f);
    assertThat(Numerics.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Numerics.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Numerics.exp(Float.NaN)).isNaN();
    assertThat(Numerics.log(1f)).isZero();
    assertThat(Numerics.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Numerics.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Numerics.log(-1f)).isNaN();
    assertThat(Numerics.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Numerics.log(Float.NaN)).isNaN();
    assertThat(Numerics.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Numerics.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(Numerics.tanh(Float.NaN)).isNaN();
    assertThat(Float.floatToRawIntBits(Numerics.tanh(-0f))).isEqualTo(0x80000000);
  }

  /** In units in the last place of the exact result. */
  private static double largestError(
      FloatFunction function, DoubleUnaryOperator oracle, long from, long to, int stride) {
    double largest = 0;
    for (long bits = from; bits < to; bits += stride) {
      float x = Float.intBitsToFloat((int) bits);
      largest = Math.max(largest, error(function.apply(x), oracle.applyAsDouble(x)));
    }
    return largest;
  }

  private static double error(float result, double exact) {
    float nearest = (float) exact;
    if (Double.isNaN(exact) || Float.isInfinite(nearest)) {
      return Float.compare(result, nearest) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(result - exact) / Math.ulp(nearest);
  }
}
