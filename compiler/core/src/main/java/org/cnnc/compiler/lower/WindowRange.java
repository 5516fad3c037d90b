package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.List;

/**
 * Positions of a window along one axis that see the same taps: {@code begin .. end - 1} of the
 * output, taps {@code firstTap .. endTap - 1} of the kernel; the other taps lie in the padding.
 */
record WindowRange(int begin, int end, int firstTap, int endTap) {
  /** The ranges of an axis, in order; together they cover 0 .. outputs - 1. */
  static List<WindowRange> of(int outputs, int inputs, int kernel, int stride, int paddingBefore) {
    List<WindowRange> ranges = new ArrayList<>();
    for (int position = 0; position < outputs; position++) {
      int start = position * stride - paddingBefore;
      int first = Math.max(0, -start);
      int end = Math.min(kernel, inputs - start);
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).firstTap == first && ranges.get(last).endTap == end) {
        ranges.set(last, new WindowRange(ranges.get(last).begin, position + 1, first, end));
      } else {
        ranges.add(new WindowRange(position, position + 1, first, end));
      }
    }
    return ranges;
  }
}
