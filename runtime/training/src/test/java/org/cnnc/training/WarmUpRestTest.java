package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a training rests after a step while another form of it is warmed up. */
class WarmUpRestTest {
  @ParameterizedTest
  @CsvSource({
    "1000, 1, 1, 4000",
    "1000, 1, 2, 4000",
    "1000, 1, 3, 0", // the training, the warm-up, the compiler
    "1000, 6, 8, 0",
    "1000, 7, 8, 4000",
    "0, 7, 8, 0",
    "900000000, 1, 2, 1000000000",
    "9000000000000000000, 1, 2, 1000000000"
  })
  void itRestsWhereProcessorsAreFew(long stepNanos, int threads, int processors, long rest) {
    assertThat(WarmUp.rest(stepNanos, threads, processors)).isEqualTo(rest);
  }
}
