package org.example.pictures;

/** A head, a body in a shirt or a dress, two arms and two legs. */
final class Person {
  private static final int NECK = 270;
  private static final int[] SKIN = {0xf0c8a8, 0xd09868, 0x986840, 0x583820};
  private static final int[] SHIRTS = {0xc83030, 0x3058b0, 0xf0f0f0, 0x8040a0, 0xe8c030, 0x303038};
  private static final int[] TROUSERS = {0x304878, 0x282828, 0x806040, 0xa0a0a0, 0xd8d0b8};
  private static final int[] HAIR = {0x201810, 0x684020, 0xd8b060, 0xa04020, 0xc0c0c0};

  private final Canvas canvas;
  private final Dice dice;
  private final Frame frame;
  private final int skin;
  private final int shirt;
  private final int trousers;

  Person(Canvas canvas, Dice dice, int... background) {
    this.canvas = canvas;
    this.dice = dice;
    int height = dice.between(84, 120);
    this.frame = Frame.somewhere(dice, height * dice.between(42, 62) / 100, height);
    this.skin = Colours.apart(dice, SKIN, background);
    this.shirt = Colours.apart(dice, SHIRTS, background);
    this.trousers = dice.chance(25) ? shirt : Colours.apart(dice, TROUSERS, background);
  }

  void draw() {
    boolean dress = dice.chance(25);
    int hips = dice.between(560, 640);
    int limb = frame.across(dice.between(120, 180));
    drawLegs(hips, limb);
    drawArms(limb * 3 / 4);
    drawBody(hips, dress);
    drawHead();
  }

  private void drawLegs(int hips, int width) {
    int stride = dice.between(60, 240);
    for (int side = -1; side <= 1; side += 2) {
      int hip = 500 + side * 80;
      int foot = 500 + side * (60 + stride);
      canvas.line(
          trousers, frame.x(hip, hips), frame.y(hips), frame.x(foot, 960), frame.y(960), width);
    }
  }

  private void drawArms(int width) {
    for (int side = -1; side <= 1; side += 2) {
      int shoulder = 500 + side * 170;
      int hand = 500 + side * dice.between(280, 460);
      int handDown = dice.chance(25) ? dice.between(60, 250) : dice.between(400, 600);
      int sleeve = dice.chance(50) ? skin : shirt;
      int shoulderDown = NECK + 60;
      canvas.line(
          sleeve,
          frame.x(shoulder, shoulderDown),
          frame.y(shoulderDown),
          frame.x(hand, handDown),
          frame.y(handDown),
          width);
    }
  }

  private void drawBody(int hips, boolean dress) {
    int shoulder = dice.between(170, 230);
    int hem = dress ? dice.between(260, 360) : dice.between(130, 190);
    int end = dress ? dice.between(680, 800) : hips + 40;
    canvas.polygon(
        shirt,
        frame.corners(500 - shoulder, NECK, 500 + shoulder, NECK, 500 + hem, end, 500 - hem, end));
  }

  private void drawHead() {
    int radius = frame.down(dice.between(105, 135));
    int centreX = frame.x(500, 140);
    int centreY = frame.y(140);
    if (dice.chance(50)) { // hair or a hat
      int hair = Colours.like(dice, HAIR);
      canvas.ellipse(hair, centreX, centreY - radius / 4, radius * 11 / 10, radius);
    }
    canvas.ellipse(skin, centreX, centreY, radius * 9 / 10, radius);
  }
}
