package org.cnnc.training;

/** Training cannot go on: its numbers are not finite, or there is nothing to learn from. */
public final class TrainingException extends Exception {
  private static final long serialVersionUID = 1L;

  TrainingException(String message) {
    super(message);
  }

  /**
   * Numbers became too large.
   *
   * @param problem which, and when
   */
  static TrainingException notFinite(String problem, float rate) {
    return new TrainingException(
        problem + ". A smaller rate may help (rate = " + Decimals.text(rate) + ").");
  }
}
