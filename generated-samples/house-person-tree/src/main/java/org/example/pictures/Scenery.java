package org.example.pictures;

/** All in a picture that is not its subject: the background, clutter and noise. */
final class Scenery {
  private static final int[] SKIES = {0x78b0e8, 0xc8dcec, 0xa8b4c4, 0xf0c098, 0x4878b0, 0xe0c8d8};
  private static final int[] GROUNDS = {0x60a040, 0x305828, 0xd8c088, 0x806040, 0xf0f4f8, 0x606468};

  private final Canvas canvas;
  private final Dice dice;
  private final int sky;
  private final int ground;

  Scenery(Canvas canvas, Dice dice) {
    this.canvas = canvas;
    this.dice = dice;
    this.sky = Colours.like(dice, SKIES);
    this.ground = dice.chance(40) ? sky : Colours.like(dice, GROUNDS);
  }

  /** The colours that a subject has to stand out from. */
  int[] colours() {
    return new int[] {sky, ground};
  }

  /** Sky and ground with a horizon, or one running into the other, or one colour. */
  void drawBackground() {
    if (dice.chance(50)) {
      int horizon = dice.between(Canvas.SIDE / 3, Canvas.SIDE);
      canvas.gradient(0, horizon, sky, Colours.shade(sky, dice.between(80, 120)));
      canvas.gradient(horizon, Canvas.SIDE, ground, Colours.shade(ground, dice.between(70, 100)));
    } else {
      canvas.gradient(0, Canvas.SIDE, sky, ground);
    }
  }

  /** Small things that mean nothing. */
  void drawClutter(int atMost, int size) {
    int things = dice.between(0, atMost);
    for (int i = 0; i < things; i++) {
      int colour = Colours.any(dice);
      int x = dice.between(0, Canvas.SIDE);
      int y = dice.between(0, Canvas.SIDE);
      int width = dice.between(3, size);
      int height = dice.between(3, size);
      switch (dice.between(0, 2)) {
        case 0 -> canvas.ellipse(colour, x, y, width / 2, height / 2);
        case 1 -> canvas.polygon(colour, x, y, x + width, y, x + width, y + height, x, y + height);
        default -> drawStroke(colour, x, y, 2 * size);
      }
    }
  }

  private void drawStroke(int colour, int x, int y, int length) {
    int toX = x + dice.between(-length, length);
    int toY = y + dice.between(-length, length);
    canvas.line(colour, x, y, toX, toY, dice.between(2, 5));
  }

  /** The finished picture under some light, with noise in every pixel. */
  int[] photograph() {
    int[] pixels = canvas.pixels();
    int light = dice.between(65, 110);
    int noise = dice.between(2, 14);
    for (int i = 0; i < pixels.length; i++) {
      int colour = Colours.shade(pixels[i], light);
      pixels[i] =
          Colours.of(
              Colours.red(colour) + dice.between(-noise, noise),
              Colours.green(colour) + dice.between(-noise, noise),
              Colours.blue(colour) + dice.between(-noise, noise));
    }
    return pixels;
  }
}
