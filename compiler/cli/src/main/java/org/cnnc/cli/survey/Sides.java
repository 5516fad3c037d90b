package org.cnnc.cli.survey;

import java.util.TreeMap;

/** Lengths of pictures' sides: how often each occurs. */
public final class Sides {
  private final TreeMap<Integer, Integer> counts = new TreeMap<>();
  private int all;

  void add(int pixels) {
    counts.merge(pixels, 1, Integer::sum);
    all++;
  }

  /** The shortest one; 0 if there is none. */
  public int min() {
    return all == 0 ? 0 : counts.firstKey();
  }

  /** The longest one; 0 if there is none. */
  public int max() {
    return all == 0 ? 0 : counts.lastKey();
  }

  /** The one in the middle, the shorter of the two if there is none; 0 if there is no side. */
  public int median() {
    int before = 0;
    for (var entry : counts.entrySet()) {
      before += entry.getValue();
      if (before >= (all + 1) / 2) {
        return entry.getKey();
      }
    }
    return 0;
  }
}
