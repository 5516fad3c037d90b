package org.cnnc.training;

import java.time.Duration;
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

  public LongRun {
    if (kept < 1 || patience.orElse(1) < 1) {
      throw new IllegalArgumentException(kept + " checkpoints, patience " + patience);
    }
  }
}
