package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarmUpTimeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int IMAGES = 1000;

  private final AtomicLong clock = new AtomicLong(-5 * SECOND);
  private final EpochProgress progress = new EpochProgress();

  private WarmUpTime time(int epochs) {
    return new WarmUpTime(clock::get, SECOND, progress, epochs, IMAGES);
  }

  @Test
  void notInTheFirstSecond() {
    WarmUpTime time = time(100);
    progress.images = 500;
    clock.addAndGet(SECOND - 1);
    assertThat(time.getAsBoolean()).isFalse();
    clock.addAndGet(1);
    assertThat(time.getAsBoolean()).isTrue();
  }

  /** 600 images took a second, so 2,400 others take four. */
  @Test
  void onlyIfTheRestIsLong() {
    WarmUpTime time = time(3);
    progress.images = 599;
    clock.addAndGet(SECOND);
    assertThat(time.getAsBoolean()).isTrue();
    progress.images = 601;
    assertThat(time.getAsBoolean()).isFalse();
  }

  /** What was learnt before the run was stopped took no time of this one. */
  @Test
  void aResumedRunCountsItsOwnImages() {
    progress.epoch = 2;
    progress.images = 100;
    WarmUpTime time = time(4);
    progress.images = 400;
    clock.addAndGet(SECOND);
    assertThat(time.getAsBoolean()).isTrue();
    progress.images = 600;
    assertThat(time.getAsBoolean()).isFalse();
  }

  /** Where the first seconds are over before the first step. */
  @Test
  void beforeTheFirstStepTheRestIsUnknownAndMayBeLong() {
    WarmUpTime time = time(1);
    clock.addAndGet(SECOND);
    assertThat(time.getAsBoolean()).isTrue();
  }
}
