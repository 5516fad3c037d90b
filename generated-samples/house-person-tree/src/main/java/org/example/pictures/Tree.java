package org.example.pictures;

/** A trunk under a crown: round, of several bunches of leaves, or conical like a fir's. */
final class Tree {
  private static final int[] BARK = {0x684828, 0x483828, 0x888078, 0xe0dcd0};
  private static final int[] LEAVES = {0x38883c, 0x588030, 0x80a838, 0xd88828, 0xb84830, 0x98a048};
  private static final int[] NEEDLES = {0x205830, 0x387048, 0x487858, 0x688030};

  private final Canvas canvas;
  private final Dice dice;
  private final Frame frame;
  private final int trunk;
  private final boolean fir;
  private final int leaves;

  Tree(Canvas canvas, Dice dice, int... background) {
    this.canvas = canvas;
    this.dice = dice;
    int height = dice.between(84, 120);
    this.frame = Frame.somewhere(dice, height * dice.between(60, 95) / 100, height);
    this.trunk = Colours.apart(dice, BARK, background);
    this.fir = dice.chance(40);
    this.leaves = Colours.apart(dice, fir ? NEEDLES : LEAVES, background);
  }

  void draw() {
    int crownEnd = dice.between(550, 780);
    int half = dice.between(50, 100);
    canvas.polygon(
        trunk,
        frame.corners(
            500 - half / 2,
            crownEnd - 150,
            500 + half / 2,
            crownEnd - 150,
            500 + half,
            1000,
            500 - half,
            1000));
    if (fir) {
      drawFir(crownEnd);
    } else if (dice.chance(50)) {
      drawRoundCrown(crownEnd);
    } else {
      drawBunches(crownEnd);
    }
  }

  private void drawRoundCrown(int crownEnd) {
    int radiusX = frame.across(dice.between(350, 500));
    canvas.ellipse(
        leaves,
        frame.x(500, crownEnd / 2),
        frame.y(crownEnd / 2),
        radiusX,
        frame.down(crownEnd / 2));
  }

  private void drawBunches(int crownEnd) {
    int bunches = dice.between(3, 6);
    for (int i = 0; i < bunches; i++) {
      int across = dice.between(250, 750);
      int down = dice.between(crownEnd * 3 / 10, crownEnd * 7 / 10);
      int radius = frame.across(dice.between(200, 300));
      int colour = Colours.shade(leaves, dice.between(75, 110));
      canvas.ellipse(colour, frame.x(across, down), frame.y(down), radius, radius);
    }
    canvas.ellipse(
        leaves,
        frame.x(500, crownEnd / 2),
        frame.y(crownEnd / 2),
        frame.across(300),
        frame.down(crownEnd * 4 / 10));
  }

  private void drawFir(int crownEnd) {
    int layers = dice.between(1, 4);
    int half = dice.between(330, 500);
    for (int layer = layers; layer >= 1; layer--) {
      int end = crownEnd * layer / layers;
      int top = Math.max(0, end - crownEnd / layers * 3 / 2);
      int reach = half * (layer + 1) / (layers + 1);
      int colour = Colours.shade(leaves, 100 - 6 * (layer % 2));
      canvas.polygon(colour, frame.corners(500, top, 500 + reach, end, 500 - reach, end));
    }
  }
}
