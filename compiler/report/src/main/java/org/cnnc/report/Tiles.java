package org.cnnc.report;

import java.awt.image.BufferedImage;

/** Small pictures of one size, side by side in rows, a transparent pixel between them. */
public final class Tiles {
  private final BufferedImage image;
  private final int columns;
  private final int width;
  private final int height;

  /**
   * Tiles without pixels.
   *
   * @param columns tiles in a row
   * @param width of a tile
   */
  public Tiles(int count, int columns, int width, int height) {
    this.columns = Math.min(count, columns);
    this.width = width;
    this.height = height;
    int rows = (count + this.columns - 1) / this.columns;
    this.image =
        new BufferedImage(
            this.columns * (width + 1) - 1, rows * (height + 1) - 1, BufferedImage.TYPE_INT_ARGB);
  }

  /** Sets a pixel of a tile to an opaque colour. */
  public void set(int tile, int x, int y, int rgb) {
    int left = tile % columns * (width + 1);
    int top = tile / columns * (height + 1);
    image.setRGB(left + x, top + y, 0xff000000 | rgb);
  }

  /** All tiles. */
  public BufferedImage image() {
    return image;
  }
}
