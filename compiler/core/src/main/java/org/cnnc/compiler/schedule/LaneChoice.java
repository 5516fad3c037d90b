package org.cnnc.compiler.schedule;

import java.util.Locale;

/** Whether the vectors of a convolution run along the pixels of a plane or along the channels. */
public enum LaneChoice {
  /** Whatever the cost model expects to be faster. */
  BY_COST,
  /** Always pixels. */
  PIXELS,
  /** Always channels. */
  CHANNELS;

  /** Channels must be so much better: their sums are brought back into planes at the end. */
  private static final double CLEAR_GAIN = 0.97;

  /** What is in the lanes: {@code pixels}, {@code channels}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one that is chosen.
   *
   * @param pixels what the kernel has to do with pixels in the lanes
   * @param channels the same with channels in the lanes
   */
  public KernelWork of(KernelWork pixels, KernelWork channels) {
    return switch (this) {
      case BY_COST ->
          CostModel.fastest(channels) < CLEAR_GAIN * CostModel.fastest(pixels) ? channels : pixels;
      case PIXELS -> pixels;
      case CHANNELS -> channels;
    };
  }
}
