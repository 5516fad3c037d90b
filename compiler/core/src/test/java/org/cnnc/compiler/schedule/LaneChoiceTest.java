package org.cnnc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.junit.jupiter.api.Test;

/** Channels are the lanes where rows of pixels would leave many of them empty. */
final class LaneChoiceTest {
  private static final Axes AXES = new Axes("sums", "terms", "lanes");

  /** A convolution of 3 x 3 with padding, {@code channels} to as many, on square planes. */
  private static KernelWork pixels(int channels, int width) {
    int row = width * (width + 1);
    return new KernelWork(
        Form.REGISTERS,
        AXES,
        channels,
        9 * channels,
        row,
        1,
        9L * channels * channels * width * width,
        new Copies((long) channels * width * width, 0),
        1);
  }

  private static KernelWork channels(int channels, int width) {
    return new KernelWork(
        Form.CHANNELS,
        AXES,
        width,
        channels,
        channels,
        9 * width,
        9L * channels * channels * width * width,
        new Copies((long) channels * width * width, (long) channels * width * width),
        1);
  }

  @Test
  void manyChannelsOfFewPixels() {
    KernelWork channels = channels(128, 8);
    assertThat(LaneChoice.BY_COST.of(pixels(128, 8), channels)).isEqualTo(channels);
  }

  @Test
  void fewChannelsOfManyPixels() {
    KernelWork pixels = pixels(8, 28);
    assertThat(LaneChoice.BY_COST.of(pixels, channels(8, 28))).isEqualTo(pixels);
  }

  @Test
  void whatIsToldIsDone() {
    KernelWork pixels = pixels(128, 8);
    KernelWork channels = channels(128, 8);
    assertThat(LaneChoice.PIXELS.of(pixels, channels)).isEqualTo(pixels);
    assertThat(LaneChoice.CHANNELS.of(pixels, channels)).isEqualTo(channels);
  }
}
