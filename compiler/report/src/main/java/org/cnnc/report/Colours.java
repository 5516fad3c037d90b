package org.cnnc.report;

/** Colours for numbers. */
final class Colours {
  /** Dark to bright, legible for the colour-blind: five colours of the scale viridis. */
  private static final int[] BRIGHTNESS = {0x440154, 0x3b528b, 0x21918c, 0x5ec962, 0xfde725};

  /** Negative to positive by way of white. */
  private static final int[] SIGN = {0x1d4ed8, 0x93c5fd, 0xf8fafc, 0xfca5a5, 0xb91c1c};

  private Colours() {}

  /**
   * A brighter colour for a greater number.
   *
   * @param part from 0 to 1
   */
  static int brightness(float part) {
    return between(BRIGHTNESS, part);
  }

  /**
   * Blue for negative, red for positive numbers.
   *
   * @param part from -1 to 1
   */
  static int sign(float part) {
    return between(SIGN, (part + 1) / 2);
  }

  private static int between(int[] scale, float part) {
    float place = part * (scale.length - 1);
    int below = Math.min((int) place, scale.length - 2);
    float rest = place - below;
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = scale[below] >> shift & 0xff;
      int to = scale[below + 1] >> shift & 0xff;
      colour |= Math.round(from + rest * (to - from)) << shift;
    }
    return colour;
  }
}
