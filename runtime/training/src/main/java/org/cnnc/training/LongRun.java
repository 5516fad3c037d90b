package org.cnnc.training;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run that takes long needs beside: when it is saved, and when it ends before its last
 * epoch.
 *
 * @param saveEvery time between checkpoints within an epoch; each epoch's end and a stop are saved
 *     in any case
 * @param kept how many checkpoints are kept, the newest among them
 * @param patience epochs without a better validation result after which the run is complete
 * @param limit time after which the run stops as if it were told to ({@link Trainer#stop}), but not
 *     before one step; it counts from each {@link Trainer#run} on
 */
public record LongRun(
    Optional<Duration> saveEvery, int kept, OptionalInt patience, Optional<Duration> limit) {
  /** Saves each epoch's end, keeps one checkpoint, runs to the last epoch. */
  public static final LongRun DEFAULT =
      new LongRun(Optional.empty(), 1, OptionalInt.empty(), Optional.empty());

  private static final double NANOS = 6e10;

  /** Nobody waits longer than a century. */
  private static final long MOST_MINUTES = 50_000_000;

  public LongRun {
    if (kept < 1 || patience.orElse(1) < 1) {
      throw new IllegalArgumentException(kept + " checkpoints, patience " + patience);
    }
  }

  /**
   * A time that a user gives.
   *
   * @param number of minutes, any part of one too
   * @throws IllegalArgumentException if it is none; the message says what was expected
   */
  public static Duration minutes(double number) {
    if (!(number > 0 && number <= MOST_MINUTES)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected a number of minutes above 0, at most %,d (95 years), found %s",
              MOST_MINUTES,
              number == (long) number ? String.format(Locale.ROOT, "%,d", (long) number) : number));
    }
    return Duration.ofNanos(Math.max(1, Math.round(number * NANOS)));
  }
}
