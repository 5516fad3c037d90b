package org.example.pictures;

/** Colours as 0xRRGGBB, each part from 0 to 255. */
final class Colours {
  private static final int CLEARLY_APART = 180;
  private static final int SPREAD = 40;

  private Colours() {}

  static int of(int red, int green, int blue) {
    return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
  }

  static int red(int colour) {
    return colour >> 16 & 0xff;
  }

  static int green(int colour) {
    return colour >> 8 & 0xff;
  }

  static int blue(int colour) {
    return colour & 0xff;
  }

  /** The colour {@code part / whole} of the way from one colour to another. */
  static int blend(int from, int to, int part, int whole) {
    return of(
        red(from) + (red(to) - red(from)) * part / whole,
        green(from) + (green(to) - green(from)) * part / whole,
        blue(from) + (blue(to) - blue(from)) * part / whole);
  }

  /** The same colour, {@code percent} as bright. */
  static int shade(int colour, int percent) {
    return of(
        red(colour) * percent / 100, green(colour) * percent / 100, blue(colour) * percent / 100);
  }

  /** Any colour. */
  static int any(Dice dice) {
    return of(dice.between(0, 255), dice.between(0, 255), dice.between(0, 255));
  }

  /**
   * Mostly a colour like one of the palette's, else any colour: so that every class of pictures has
   * every colour, and colour alone tells little.
   */
  static int like(Dice dice, int... palette) {
    int colour = palette[dice.between(0, palette.length - 1)];
    if (dice.chance(3)) {
      return any(dice);
    }
    return of(
        red(colour) + dice.between(-SPREAD, SPREAD),
        green(colour) + dice.between(-SPREAD, SPREAD),
        blue(colour) + dice.between(-SPREAD, SPREAD));
  }

  /** A colour {@link #like} one of the palette's that can be told from all the others. */
  static int apart(Dice dice, int[] palette, int... others) {
    while (true) {
      int colour = like(dice, palette);
      boolean apart = true;
      for (int other : others) {
        apart &= distance(colour, other) >= CLEARLY_APART;
      }
      if (apart) {
        return colour;
      }
    }
  }

  private static int distance(int a, int b) {
    return Math.abs(red(a) - red(b)) + Math.abs(green(a) - green(b)) + Math.abs(blue(a) - blue(b));
  }

  private static int clamp(int part) {
    return Math.max(0, Math.min(255, part));
  }
}
