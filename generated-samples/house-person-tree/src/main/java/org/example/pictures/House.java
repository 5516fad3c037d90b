package org.example.pictures;

/** Walls, a roof, a door and windows, perhaps a chimney. */
final class House {
  private static final int[] WALLS = {0xf0ece0, 0xa8503c, 0xd8c090, 0x909088, 0xe8d878, 0x98b8c8};
  private static final int[] ROOFS = {0x983828, 0x484850, 0x5870a0, 0x704830, 0x407048, 0xe8e8f0};
  private static final int[] OPENINGS = {0x402818, 0x284878, 0xf0e098, 0x202020, 0xf0f0f0};

  private final Canvas canvas;
  private final Dice dice;
  private final Frame frame;
  private final int wall;
  private final int roof;
  private final int opening;

  House(Canvas canvas, Dice dice, int... background) {
    this.canvas = canvas;
    this.dice = dice;
    int height = dice.between(70, 110);
    this.frame = Frame.somewhere(dice, height * dice.between(75, 125) / 100, height);
    this.wall = Colours.apart(dice, WALLS, background);
    this.roof = dice.chance(20) ? Colours.shade(wall, 70) : Colours.apart(dice, ROOFS, background);
    this.opening = Colours.apart(dice, OPENINGS, wall);
  }

  void draw() {
    int eaves = dice.between(300, 560);
    int overhang = dice.between(0, 120);
    if (dice.chance(40)) {
      drawChimney(eaves);
    }
    canvas.polygon(wall, frame.rectangle(overhang, eaves, 1000 - overhang, 1000));
    drawRoof(eaves);
    int doorLeft = dice.between(overhang + 80, 720 - overhang);
    int doorTop = eaves + (1000 - eaves) * dice.between(35, 55) / 100;
    canvas.polygon(opening, frame.rectangle(doorLeft, doorTop, doorLeft + 190, 1000));
    drawWindow(overhang + 60, doorLeft - 40, eaves);
    drawWindow(doorLeft + 230, 940 - overhang, eaves);
  }

  private void drawChimney(int eaves) {
    int left = dice.between(150, 750);
    int[] corners = frame.rectangle(left, dice.between(0, 80), left + dice.between(90, 140), eaves);
    canvas.polygon(Colours.shade(wall, 80), corners);
  }

  private void drawRoof(int eaves) {
    int kind = dice.between(0, 2);
    int ridgeLeft =
        switch (kind) {
          case 0 -> 500; // gable
          case 1 -> dice.between(180, 350); // hipped
          default -> dice.between(300, 700); // uneven
        };
    int ridgeRight = kind == 1 ? 1000 - ridgeLeft : ridgeLeft;
    canvas.polygon(roof, frame.corners(0, eaves, ridgeLeft, 0, ridgeRight, 0, 1000, eaves));
  }

  private void drawWindow(int left, int right, int eaves) {
    int width = Math.min(right - left, dice.between(150, 260));
    if (width < 100) {
      return;
    }
    int start = dice.between(left, right - width);
    int top = eaves + (1000 - eaves) * dice.between(12, 30) / 100;
    int bottom = top + (1000 - eaves) * dice.between(25, 40) / 100;
    canvas.polygon(opening, frame.rectangle(start, top, start + width, bottom));
  }
}
