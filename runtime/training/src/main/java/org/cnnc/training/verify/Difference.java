package org.cnnc.training.verify;

import java.util.Locale;

/**
 * How much a loss changes between two values of a parameter.
 *
 * @param said by the gradient
 * @param measured by the loss
 * @param usual what such a move changes on average, by the gradient; {@code said} may be less, as
 *     terms of a sum cancel each other
 * @param noise what may be rounding
 */
record Difference(double said, double measured, double usual, double noise) {
  /**
   * Largest error, as a part of the change. Right gradients of the networks that this was tried on
   * are usually within a thousandth; 2 % leaves room for a few ReLUs that bend on the way, and is
   * far below the 10 % of the smallest mistake that is worth a name.
   */
  private static final double TOLERANCE = 0.02;

  /**
   * The measured change.
   *
   * @param gradient of the parameter
   * @param above its values after a move
   * @param below its values after the opposite move
   * @param unit what the loss may be off by
   */
  static Difference of(
      float[] gradient, float[] above, float[] below, double measured, double unit) {
    double said = 0;
    double squares = 0;
    for (int i = 0; i < gradient.length; i++) {
      // By how much the elements moved after rounding, not by how much they should have.
      double change = gradient[i] * ((double) above[i] - below[i]);
      said += change;
      squares += change * change;
    }
    return new Difference(said, measured, Math.max(Math.abs(said), Math.sqrt(squares)), unit);
  }

  private double allowed() {
    return TOLERANCE * usual + noise;
  }

  /** As a part of what is allowed; NaN if anything is. */
  double error() {
    return Math.abs(measured - said) / allowed();
  }

  boolean fits() {
    return error() <= 1;
  }

  /** Whether rounding would hide no more than the tolerance does. */
  boolean isClear() {
    return noise <= TOLERANCE * usual;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "the loss changes by %.4g as the gradient says, by %.4g as measured (at most %.2g apart)",
        said,
        measured,
        allowed());
  }
}
