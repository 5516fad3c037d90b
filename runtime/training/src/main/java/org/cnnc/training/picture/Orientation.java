package org.cnnc.training.picture;

import org.cnnc.runtime.Picture;

/**
 * How stored pixels lie, as EXIF numbers it: the stored picture becomes upright by swapping rows
 * and columns first, where {@code transposed}, and mirroring the result then.
 *
 * @param transposed stored rows are columns
 * @param mirrored columns run from right to left
 * @param flipped rows run from bottom to top
 */
record Orientation(boolean transposed, boolean mirrored, boolean flipped) {
  static final int UPRIGHT = 1;

  /** The orientation with this number, 1 to 8. */
  static Orientation of(int number) {
    return switch (number) {
      case UPRIGHT -> new Orientation(false, false, false);
      case 2 -> new Orientation(false, true, false);
      case 3 -> new Orientation(false, true, true);
      case 4 -> new Orientation(false, false, true);
      case 5 -> new Orientation(true, false, false);
      case 6 -> new Orientation(true, true, false); // a quarter turn clockwise
      case 7 -> new Orientation(true, true, true);
      case 8 -> new Orientation(true, false, true);
      default -> throw new IllegalArgumentException("orientation " + number);
    };
  }

  Picture upright(Picture stored) {
    if (!transposed && !mirrored && !flipped) {
      return stored;
    }
    int width = transposed ? stored.height() : stored.width();
    int height = transposed ? stored.width() : stored.height();
    int[] argb = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = mirrored ? width - 1 - x : x;
        int row = flipped ? height - 1 - y : y;
        int place = transposed ? column * stored.width() + row : row * stored.width() + column;
        argb[y * width + x] = stored.argb()[place];
      }
    }
    return new Picture(argb, width, height);
  }
}
