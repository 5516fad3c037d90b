package org.cnnc.training;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * When a run begins to warm up another form of its program: not before the first seconds, which
 * would be slower than without (the warm-up and the VM's compiler take processors from it), and
 * only if what is left to learn takes long enough to pay for it.
 */
final class WarmUpTime implements BooleanSupplier {
  /**
   * Nanoseconds that the rest of the run has to take at the speed so far. A warm-up of lenet28
   * takes about two seconds, one of a deep network ten.
   */
  static final long LEAST_REST = 4_000_000_000L;

  private final LongSupplier clock;
  private final long start;
  private final long after;
  private final EpochProgress progress;
  private final double imagesInAll;
  private final double imagesBefore;
  private final int imagesPerEpoch;

  /**
   * A run begins.
   *
   * @param clock tells nanoseconds
   * @param after nanoseconds from now on in which nothing is warmed up
   * @param progress of the run, which may have been resumed
   */
  WarmUpTime(
      LongSupplier clock, long after, EpochProgress progress, int epochs, int imagesPerEpoch) {
    this.clock = clock;
    this.start = clock.getAsLong();
    this.after = after;
    this.progress = progress;
    this.imagesPerEpoch = imagesPerEpoch;
    this.imagesInAll = (double) epochs * imagesPerEpoch;
    this.imagesBefore = learnt();
  }

  private double learnt() {
    return (double) progress.epoch * imagesPerEpoch + progress.images;
  }

  @Override
  public boolean getAsBoolean() {
    long passed = clock.getAsLong() - start;
    if (passed < after) {
      return false;
    }
    double learnt = learnt();
    double nanosPerImage = passed / (learnt - imagesBefore);
    return nanosPerImage * (imagesInAll - learnt) >= LEAST_REST;
  }
}
