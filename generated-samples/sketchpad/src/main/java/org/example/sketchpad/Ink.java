package org.example.sketchpad;

/**
 * Ink on paper of any size: 0 is paper, 1 is ink.
 *
 * @param amounts row by row; not copied
 */
record Ink(int width, int height, float[] amounts) {
  /** Longest side of a digit of MNIST, before it is centred. */
  private static final int BOX = 20;

  Ink {
    if (amounts.length != width * height) {
      throw new IllegalArgumentException(amounts.length + " pixels, not " + width + "x" + height);
    }
  }

  /**
   * Frames it as the digits of MNIST are framed: what is drawn fits into a box of 20x20, and its
   * centre of mass lies in the middle of the 28x28 pixels.
   *
   * @throws IllegalStateException if there is no ink
   */
  Glyph framed() {
    Box box = box();
    Ink small = box.longestSide() == BOX ? cut(box) : scaled(box);
    return small.centred();
  }

  /** Columns and rows with ink, the last ones excluded. */
  private record Box(int left, int top, int right, int bottom) {
    int width() {
      return right - left;
    }

    int height() {
      return bottom - top;
    }

    int longestSide() {
      return Math.max(width(), height());
    }
  }

  private Box box() {
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (amounts[y * width + x] > 0) {
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    if (right == 0) {
      throw new IllegalStateException("no ink");
    }
    return new Box(left, top, right, bottom);
  }

  private Ink cut(Box box) {
    float[] part = new float[box.width() * box.height()];
    for (int y = 0; y < box.height(); y++) {
      int from = (box.top + y) * width + box.left;
      System.arraycopy(amounts, from, part, y * box.width(), box.width());
    }
    return new Ink(box.width(), box.height(), part);
  }

  /** Each pixel becomes the mean of the area that it covers. */
  private Ink scaled(Box box) {
    double scale = (double) BOX / box.longestSide();
    int newWidth = Math.max(1, (int) Math.round(box.width() * scale));
    int newHeight = Math.max(1, (int) Math.round(box.height() * scale));
    float[] part = new float[newWidth * newHeight];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        part[y * newWidth + x] =
            mean(
                new Span(box.left, box.width(), newWidth, x),
                new Span(box.top, box.height(), newHeight, y));
      }
    }
    return new Ink(newWidth, newHeight, part);
  }

  /** The part of {@code length} old pixels that new pixel {@code index} of {@code count} covers. */
  private record Span(double start, double end) {
    Span(int first, int length, int count, int index) {
      this(first + (double) length * index / count, first + (double) length * (index + 1) / count);
    }

    /** How much of an old pixel is covered. */
    double share(int pixel) {
      return Math.min(end, pixel + 1) - Math.max(start, pixel);
    }

    double length() {
      return end - start;
    }
  }

  private float mean(Span columns, Span rows) {
    double sum = 0;
    for (int y = (int) rows.start; y < rows.end && y < height; y++) {
      for (int x = (int) columns.start; x < columns.end && x < width; x++) {
        sum += amounts[y * width + x] * rows.share(y) * columns.share(x);
      }
    }
    return (float) (sum / (rows.length() * columns.length()));
  }

  private Glyph centred() {
    double mass = 0;
    double momentX = 0;
    double momentY = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float amount = amounts[y * width + x];
        mass += amount;
        momentX += amount * x;
        momentY += amount * y;
      }
    }
    int left = (int) Math.round(Glyph.SIZE / 2.0 - momentX / mass);
    int top = (int) Math.round(Glyph.SIZE / 2.0 - momentY / mass);
    float[] pixels = new float[Glyph.SIZE * Glyph.SIZE];
    for (int y = Math.max(0, -top); y < height && y + top < Glyph.SIZE; y++) {
      for (int x = Math.max(0, -left); x < width && x + left < Glyph.SIZE; x++) {
        pixels[(y + top) * Glyph.SIZE + x + left] = amounts[y * width + x];
      }
    }
    return new Glyph(pixels);
  }
}
