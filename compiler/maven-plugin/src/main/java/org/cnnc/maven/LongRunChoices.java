package org.cnnc.maven;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.maven.plugin.MojoFailureException;
import org.cnnc.training.LongRun;

/**
 * What the parameters say that ends a training before its last epoch.
 *
 * @param patience epochs without a better validation result
 * @param minutes that a build may take for it
 */
record LongRunChoices(Optional<Integer> patience, Optional<Double> minutes) {
  private static final double NANOS = 6e10;

  /** Nobody waits longer than a century. */
  private static final double MOST_MINUTES = 5e7;

  /**
   * The plan of the run.
   *
   * @param judged whether there are images to judge by
   * @throws MojoFailureException if a parameter cannot be kept
   */
  LongRun plan(boolean judged) throws MojoFailureException {
    if (patience.isPresent() && patience.get() < 1) {
      throw new MojoFailureException(
          "parameter patience: expected at least 1, found " + patience.get());
    }
    if (patience.isPresent() && !judged) {
      throw new MojoFailureException(
          "parameter patience: it waits for a better validation result, so it needs images to judge"
              + " by (parameter validation)");
    }
    if (minutes.isPresent() && !(minutes.get() > 0 && minutes.get() <= MOST_MINUTES)) {
      throw new MojoFailureException(
          "parameter minutes: expected a number above 0, found " + minutes.get());
    }
    return new LongRun(
        Optional.empty(),
        1,
        patience.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        minutes.map(number -> Duration.ofNanos(Math.max(1, Math.round(number * NANOS)))));
  }
}
