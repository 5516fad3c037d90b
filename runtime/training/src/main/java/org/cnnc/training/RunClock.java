package org.cnnc.training;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells when a run is to be saved, and when its time is up. Asked between steps, it allocates
 * nothing; it says neither before another step is done, so that every run gets ahead, however short
 * its times are.
 */
final class RunClock {
  private final LongSupplier nanoTime;
  private final EpochProgress progress;
  private final long limitNanos;
  private final long saveNanos;
  private final long start;
  private final long firstStep;
  private long lastSave;
  private long savedSteps;

  /** Begins to count. */
  RunClock(LongRun plan, EpochProgress progress, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.progress = progress;
    this.limitNanos = nanos(plan.limit());
    this.saveNanos = nanos(plan.saveEvery());
    this.start = nanoTime.getAsLong();
    this.firstStep = progress.steps;
    saved();
  }

  /** What is not wanted is wanted after three centuries. */
  private static long nanos(Optional<Duration> time) {
    return time.map(Duration::toNanos).orElse(Long.MAX_VALUE);
  }

  boolean isTimeUp() {
    return progress.steps > firstStep && nanoTime.getAsLong() - start >= limitNanos;
  }

  boolean isSaveDue() {
    return progress.steps > savedSteps && nanoTime.getAsLong() - lastSave >= saveNanos;
  }

  /** The run is saved as it is now. */
  void saved() {
    lastSave = nanoTime.getAsLong();
    savedSteps = progress.steps;
  }
}
