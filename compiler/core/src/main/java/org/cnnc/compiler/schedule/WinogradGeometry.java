package org.cnnc.compiler.schedule;

import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.TensorShape;

/**
 * The sizes of a convolution by {@link ConvAlgorithm#WINOGRAD}, or of the gradient of its input,
 * which is such a convolution with the kernel turned by 180 degrees.
 *
 * <p>The target is covered with tiles of 2 x 2 pixels, the last ones partly outside where its sizes
 * are odd. A tile sees 4 x 4 pixels of the frame, which is the source between zeros. Tiles are
 * computed in strips of so few rows that what they work in stays in a core's own cache.
 *
 * @param source what is summed
 * @param target what comes out
 * @param top row of the frame that row 0 of the source stands in
 * @param left as {@code top}, for columns
 * @param leastStrips into which tiles are divided, if their rows can be
 */
public record WinogradGeometry(
    TensorShape source, TensorShape target, int top, int left, int leastStrips) {
  /** Pixels of a tile, along a side. */
  public static final int TILE = 2;

  /** Pixels of the frame that a tile sees, along a side. */
  public static final int SEEN = 4;

  /** Products that a tile needs for each pair of channels. */
  public static final int PLACES = SEEN * SEEN;

  /** Taps of a kernel, along a side. */
  public static final int TAPS = 3;

  /** Tiles that share what is read of the weight; more need more cache. */
  private static final int USUAL_TILES_OF_STRIP = 32;

  private static final int USUAL_TILES_OF_LONG_STRIP = 128;

  /** Strips of an image that threads share: each reads the whole weight, so there are few. */
  private static final int STRIPS_OF_CUT_IMAGE = 2;

  /** The forward pass. */
  public static WinogradGeometry forward(Conv2d conv, TensorShape input) {
    Padding padding = conv.window().padding();
    return new WinogradGeometry(input, conv.outputShape(input), padding.top(), padding.left(), 1);
  }

  /** The gradient of the input. */
  public static WinogradGeometry inputGradient(Conv2d conv, TensorShape input) {
    Padding padding = conv.window().padding();
    int last = TAPS - 1;
    return new WinogradGeometry(
        conv.outputShape(input), input, last - padding.top(), last - padding.left(), 1);
  }

  /** The same for a step that cuts images into parts, which are strips. */
  public WinogradGeometry ofCutImage() {
    return new WinogradGeometry(source, target, top, left, STRIPS_OF_CUT_IMAGE);
  }

  /** Rows of tiles. */
  public int tileRows() {
    return (target.height() + TILE - 1) / TILE;
  }

  /** Tiles of a row. */
  public int tileColumns() {
    return (target.width() + TILE - 1) / TILE;
  }

  /** Pixels of a row of tiles, those outside the target included. */
  public int rowOfTiles() {
    return tileColumns() * TILE;
  }

  /** Pixels of a row of the frame. */
  public int frameWidth() {
    return rowOfTiles() + SEEN - TILE;
  }

  /** Floats of the frame. */
  public int frameLength() {
    int height = tileRows() * TILE + SEEN - TILE;
    return Math.multiplyExact(Math.multiplyExact(height, frameWidth()), source.channels());
  }

  /**
   * Rows of tiles of a strip: the divisor of all rows that is nearest to what caches would like,
   * since few tiles cost as much as far ones.
   */
  public int stripRows() {
    return nearestRows(USUAL_TILES_OF_STRIP, tileRows() / leastStrips);
  }

  /** As {@link #stripRows}, where tiles are the lanes. */
  public int longStripRows() {
    return nearestRows(USUAL_TILES_OF_LONG_STRIP, tileRows());
  }

  private int nearestRows(int tiles, int most) {
    double wanted = (double) tiles / tileColumns();
    int nearest = 1;
    for (int rows = 2; rows <= most; rows++) {
      if (tileRows() % rows == 0 && distance(rows, wanted) < distance(nearest, wanted)) {
        nearest = rows;
      }
    }
    return nearest;
  }

  private static double distance(int rows, double wanted) {
    return Math.max(rows / wanted, wanted / rows);
  }

  /** How many strips there are, all of the same size. */
  public int strips() {
    return tileRows() / stripRows();
  }

  /** Tiles of a strip. */
  public int stripTiles() {
    return Math.multiplyExact(stripRows(), tileColumns());
  }

  /** How many strips there are where tiles are the lanes. */
  public int longStrips() {
    return tileRows() / longStripRows();
  }

  /** From one row of tiles to the next in a plane where tiles are the lanes. */
  public int tilePitch() {
    return tileColumns() + 1;
  }

  /** The tiles of a strip where they are the lanes, with one behind each row that nobody reads. */
  public int rowOfStrip() {
    return Math.multiplyExact(longStripRows(), tilePitch());
  }

  /** Tiles in all. */
  public int tiles() {
    return Math.multiplyExact(tileRows(), tileColumns());
  }
}
