package org.cnnc.runtime;

/**
 * A decoded picture of any size. Pixels are eight bits each of alpha, red, green, blue; alpha is
 * ignored.
 *
 * @param argb pixels, row by row, width * height of them; not copied
 * @param width pixels a row
 * @param height rows
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Picture(int[] argb, int width, int height) {
  public Picture {
    check(argb, width, height);
  }

  /** Checks that a picture's parts fit together. */
  static void check(int[] argb, int width, int height) {
    if (width < 1 || height < 1 || argb.length != (long) width * height) {
      throw new IllegalArgumentException(
          argb.length + " pixels for a picture of " + width + " x " + height);
    }
  }
}
