package org.cnnc.compiler.schedule;

/**
 * A count cut into tiles of nearly equal size: {@code largeTiles} of {@code size}, then {@code
 * smallTiles} of {@code size - 1}. 27 in tiles of at most 8 is 7 + 7 + 7 + 6, not 8 + 8 + 8 + 3: a
 * short tile costs a pass over the sum like a long one.
 */
public record Tiles(int size, int largeTiles, int smallTiles) {
  public static Tiles of(int count, int most) {
    int tiles = (count + most - 1) / most;
    int size = (count + tiles - 1) / tiles;
    int small = size * tiles - count;
    return new Tiles(size, tiles - small, small);
  }
}
