package org.example.pictures;

/**
 * A square picture being drawn. Shapes are drawn on a grid of samples, several for each pixel, in
 * whole numbers only: every machine draws exactly the same pixels. Lengths are in samples; x goes
 * to the right, y goes down, and what lies outside is cut off.
 */
final class Canvas {
  /** Width and height of the finished picture, in pixels. */
  static final int PIXELS = 32;

  private static final int SAMPLES_PER_PIXEL = 4;

  /** Width and height of the grid of samples. */
  static final int SIDE = PIXELS * SAMPLES_PER_PIXEL;

  private final int[] samples = new int[SIDE * SIDE];

  /** Whether a shape covers a sample. */
  private interface Shape {
    boolean covers(int x, int y);
  }

  /**
   * Fills rows {@code top} to {@code bottom}, the last one excluded, blending from one colour to
   * another.
   */
  void gradient(int top, int bottom, int from, int to) {
    for (int y = Math.max(top, 0); y < Math.min(bottom, SIDE); y++) {
      int colour = Colours.blend(from, to, y - top, bottom - top);
      for (int x = 0; x < SIDE; x++) {
        samples[y * SIDE + x] = colour;
      }
    }
  }

  /** Fills the ellipse around (centreX, centreY). */
  void ellipse(int colour, int centreX, int centreY, int radiusX, int radiusY) {
    long limit = (long) radiusX * radiusX * radiusY * radiusY;
    Shape shape =
        (x, y) -> {
          long across = (long) (x - centreX) * radiusY;
          long down = (long) (y - centreY) * radiusX;
          return across * across + down * down <= limit;
        };
    fill(colour, shape, centreX - radiusX, centreY - radiusY, centreX + radiusX, centreY + radiusY);
  }

  /** Draws a straight line with round ends. */
  void line(int colour, int fromX, int fromY, int toX, int toY, int width) {
    long acrossX = toX - fromX;
    long acrossY = toY - fromY;
    long length = acrossX * acrossX + acrossY * acrossY; // squared, as all that is compared below
    long reach = (long) width * width; // of twice the distance
    Shape shape =
        (x, y) -> {
          long dx = x - fromX;
          long dy = y - fromY;
          long along = dx * acrossX + dy * acrossY;
          if (along <= 0) {
            return 4 * (dx * dx + dy * dy) <= reach;
          }
          if (along >= length) {
            return 4 * ((x - toX) * (x - toX) + (y - toY) * (y - toY)) <= reach;
          }
          long aside = dx * acrossY - dy * acrossX;
          return 4 * aside * aside <= reach * length;
        };
    fill(
        colour,
        shape,
        Math.min(fromX, toX) - width,
        Math.min(fromY, toY) - width,
        Math.max(fromX, toX) + width,
        Math.max(fromY, toY) + width);
  }

  /** Fills a polygon; its corners are x, y, x, y and so on. */
  void polygon(int colour, int... corners) {
    int left = SIDE;
    int top = SIDE;
    int right = 0;
    int bottom = 0;
    for (int i = 0; i < corners.length; i += 2) {
      left = Math.min(left, corners[i]);
      right = Math.max(right, corners[i]);
      top = Math.min(top, corners[i + 1]);
      bottom = Math.max(bottom, corners[i + 1]);
    }
    fill(colour, (x, y) -> insidePolygon(corners, x, y), left, top, right, bottom);
  }

  /** Whether a ray to the right crosses the outline an odd number of times. */
  private static boolean insidePolygon(int[] corners, int x, int y) {
    boolean inside = false;
    int previous = corners.length - 2;
    for (int i = 0; i < corners.length; i += 2) {
      int x0 = corners[previous];
      int y0 = corners[previous + 1];
      int x1 = corners[i];
      int y1 = corners[i + 1];
      if (y0 <= y != y1 <= y) {
        long side = (long) (x - x0) * (y1 - y0) - (long) (y - y0) * (x1 - x0);
        inside ^= y1 > y0 == side < 0;
      }
      previous = i;
    }
    return inside;
  }

  private void fill(int colour, Shape shape, int left, int top, int right, int bottom) {
    for (int y = Math.max(top, 0); y <= Math.min(bottom, SIDE - 1); y++) {
      for (int x = Math.max(left, 0); x <= Math.min(right, SIDE - 1); x++) {
        if (shape.covers(x, y)) {
          samples[y * SIDE + x] = colour;
        }
      }
    }
  }

  /** The picture so far: pixels row by row, each the mean of its samples, as 0xRRGGBB. */
  int[] pixels() {
    int[] pixels = new int[PIXELS * PIXELS];
    for (int y = 0; y < PIXELS; y++) {
      for (int x = 0; x < PIXELS; x++) {
        pixels[y * PIXELS + x] = meanOfSamples(x, y);
      }
    }
    return pixels;
  }

  private int meanOfSamples(int pixelX, int pixelY) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int y = 0; y < SAMPLES_PER_PIXEL; y++) {
      for (int x = 0; x < SAMPLES_PER_PIXEL; x++) {
        int row = pixelY * SAMPLES_PER_PIXEL + y;
        int colour = samples[row * SIDE + pixelX * SAMPLES_PER_PIXEL + x];
        red += Colours.red(colour);
        green += Colours.green(colour);
        blue += Colours.blue(colour);
      }
    }
    int count = SAMPLES_PER_PIXEL * SAMPLES_PER_PIXEL;
    return Colours.of(red / count, green / count, blue / count);
  }
}
