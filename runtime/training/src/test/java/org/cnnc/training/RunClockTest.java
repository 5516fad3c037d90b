package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunClockTest {
  private final EpochProgress progress = new EpochProgress();
  private long now = -5; // any number is a time

  private RunClock clock(Optional<Duration> saveEvery, Optional<Duration> limit) {
    return new RunClock(new LongRun(saveEvery, 1, OptionalInt.empty(), limit), progress, () -> now);
  }

  @Test
  void aRunIsSavedWhenSoMuchTimeIsGoneSinceTheLastTime() {
    RunClock clock = clock(Optional.of(Duration.ofNanos(10)), Optional.empty());
    progress.steps = 1;
    now += 9;
    assertThat(clock.isSaveDue()).isFalse();
    now++;
    assertThat(clock.isSaveDue()).isTrue();
    clock.saved();
    progress.steps = 2;
    assertThat(clock.isSaveDue()).isFalse();
    now += 10;
    assertThat(clock.isSaveDue()).isTrue();
    assertThat(clock.isTimeUp()).isFalse();
  }

  @Test
  void aTimeIsUpBehindAStepHoweverShortItIs() {
    progress.steps = 7; // a run that goes on
    RunClock clock = clock(Optional.empty(), Optional.of(Duration.ofNanos(1)));
    now += 100;
    assertThat(clock.isTimeUp()).isFalse();
    progress.steps = 8;
    assertThat(clock.isTimeUp()).isTrue();
    assertThat(clock.isSaveDue()).isFalse();
  }

  @Test
  void nothingIsSavedTwice() {
    RunClock clock = clock(Optional.of(Duration.ofNanos(1)), Optional.empty());
    now += 100;
    assertThat(clock.isSaveDue()).isFalse();
  }
}
