package org.cnnc.compiler.schedule;

import org.cnnc.compiler.loop.ValueType;

/**
 * A row of sums cut into pieces of equal length, so that a kernel computes a vector of each piece
 * at once: what it loads of a weight serves several vectors. How far apart the pieces lie is a
 * constant, whatever the lanes of the machine.
 *
 * @param count how many vectors a kernel computes side by side
 * @param pitch floats from the beginning of a piece to that of the next
 */
public record RowPieces(int count, int pitch) {
  /**
   * At most so many pieces; less where a piece would hold nothing.
   *
   * @param length floats of the row
   */
  public static RowPieces of(int length, int most) {
    int vectors = vectors(length);
    int count = Math.min(vectors, most);
    return count == 1
        ? new RowPieces(1, length)
        : new RowPieces(count, (vectors + count - 1) / count * ValueType.MAX_LANES);
  }

  /** How many of the widest vectors a row has. */
  static int vectors(int length) {
    return ValueType.roundUpToLanes(length) / ValueType.MAX_LANES;
  }

  /** Floats that a row takes, so that the last round of the widest vector has room. */
  public int room() {
    return Math.multiplyExact(count, ValueType.roundUpToLanes(pitch));
  }

  /** The most floats that a row takes, in whatever pieces it is computed. */
  static int mostRoom(int length) {
    int most = 0;
    for (int count = 1; count <= KernelChoice.MOST_VECTORS; count++) {
      most = Math.max(most, of(length, count).room());
    }
    return most;
  }
}
