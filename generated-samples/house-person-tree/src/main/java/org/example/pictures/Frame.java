package org.example.pictures;

/**
 * The box that a house, a person or a tree fills. Inside it, places are in thousandths: (0, 0) is
 * the top left corner, (1000, 1000) the bottom right. A frame may lean, as if held at a slant.
 */
record Frame(int left, int top, int width, int height, int lean) {
  static final int WHOLE = 1000;

  /** A frame of this height somewhere in the picture, not always wholly inside. */
  static Frame somewhere(Dice dice, int width, int height) {
    int overhang = width / 20;
    int left = dice.between(-overhang, Canvas.SIDE - width + overhang);
    int top = dice.between(0, Canvas.SIDE - height);
    return new Frame(left, top, width, height, dice.between(-width / 10, width / 10));
  }

  /** The canvas's x of a place in the frame; {@code lean} is how far the top is moved sideways. */
  int x(int across, int down) {
    return left + width * across / WHOLE + lean * (WHOLE - down) / WHOLE;
  }

  /** The canvas's y of a place in the frame. */
  int y(int down) {
    return top + height * down / WHOLE;
  }

  /** A length across the frame, in samples, at least one. */
  int across(int thousandths) {
    return Math.max(1, width * thousandths / WHOLE);
  }

  /** A length down the frame, in samples, at least one. */
  int down(int thousandths) {
    return Math.max(1, height * thousandths / WHOLE);
  }

  /** Corners given in thousandths of the frame, on the canvas. */
  int[] corners(int... places) {
    int[] corners = new int[places.length];
    for (int i = 0; i < places.length; i += 2) {
      corners[i] = x(places[i], places[i + 1]);
      corners[i + 1] = y(places[i + 1]);
    }
    return corners;
  }

  /** Corners of an upright rectangle given in thousandths of the frame, on the canvas. */
  int[] rectangle(int leftmost, int topmost, int rightmost, int lowest) {
    return corners(leftmost, topmost, rightmost, topmost, rightmost, lowest, leftmost, lowest);
  }
}
