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
    return new LongRun(
        Optional.empty(), 1, patience.map(OptionalInt::of).orElseGet(OptionalInt::empty), limit());
  }

  private Optional<Duration> limit() throws MojoFailureException {
    try {
      return minutes.map(LongRun::minutes);
    } catch (IllegalArgumentException e) {
      throw new MojoFailureException("parameter minutes: " + e.getMessage(), e);
    }
  }
}
