package org.example.sketchpad;

/**
 * A drawing as the network takes it: 28x28, row by row, from 0 (paper) to 1 (ink).
 *
 * @param pixels not copied
 */
record Glyph(float[] pixels) {
  /** Rows, and columns. */
  static final int SIZE = 28;

  Glyph {
    if (pixels.length != SIZE * SIZE) {
      throw new IllegalArgumentException(pixels.length + " pixels");
    }
  }
}
