package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.loop.ValueType;

/**
 * Stretches of a row, side by side, of each of which a kernel computes some whole vectors of any
 * machine, and nothing past the end of the row: for rows without room behind them. Arrays that lie
 * apart are read in short stretches, so that they do not drive each other out of the nearest cache.
 *
 * @param start of the first stretch in the row
 * @param count of stretches
 * @param pieces that are computed side by side
 */
public record RowSpans(int start, int count, RowPieces pieces) {
  /** Whether a row is long enough. */
  public static boolean fit(int length) {
    return length >= ValueType.MAX_LANES;
  }

  /**
   * Stretches that cover a row. The last one begins before the one in front of it ends, where
   * vectors do not divide the row: what lies in both is computed twice.
   *
   * @param length floats of the row; it must {@link #fit}
   * @param most vectors side by side
   */
  public static List<RowSpans> of(int length, int most) {
    int vectors = Math.min(length / ValueType.MAX_LANES, most);
    int span = vectors * ValueType.MAX_LANES;
    List<RowSpans> spans = new ArrayList<>();
    spans.add(new RowSpans(0, length / span, new RowPieces(vectors, ValueType.MAX_LANES)));
    int rest = RowPieces.vectors(length % span);
    if (rest > 0) {
      int start = length - rest * ValueType.MAX_LANES;
      spans.add(new RowSpans(start, 1, new RowPieces(rest, ValueType.MAX_LANES)));
    }
    return spans;
  }
}
