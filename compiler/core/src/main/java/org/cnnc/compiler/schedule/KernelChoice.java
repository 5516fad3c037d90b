package org.cnnc.compiler.schedule;

/**
 * How the kernel of one operation is made: it decides speed, size and no bit.
 *
 * @param sums most sums that are held at once: those whose vectors stay in registers; where sums
 *     are rows in memory, as on the plain target, the rows that one loop reads
 * @param vectors of each sum, side by side; where sums are rows in memory, those that one loop adds
 *     to
 * @param lanes along what its vectors run, where both are possible
 */
public record KernelChoice(int sums, int vectors, LaneChoice lanes) {
  /** Most sums of a kernel: the code of more is too large to be compiled well. */
  public static final int MOST_SUMS = 16;

  /** Most vectors of a row of sums that a kernel computes side by side: so much room rows have. */
  public static final int MOST_VECTORS = 2;

  /** As {@link #MOST_VECTORS}, where channels are the lanes: their rows are scratch memory. */
  public static final int MOST_CHANNEL_VECTORS = 4;

  /** A tile with the lanes that the schedule chooses. */
  public KernelChoice(int sums, int vectors) {
    this(sums, vectors, LaneChoice.BY_COST);
  }

  /**
   * One vector a sum.
   *
   * @param sums most sums that are held at once
   */
  public static KernelChoice ofSums(int sums) {
    return new KernelChoice(sums, 1);
  }

  /** Whether a kernel can be made so. */
  public boolean isPossible() {
    return sums >= 1 && sums <= MOST_SUMS && vectors >= 1 && vectors <= MOST_CHANNEL_VECTORS;
  }

  /** The same with fewer vectors, if there are more than so many. */
  KernelChoice withAtMost(int mostVectors) {
    return vectors <= mostVectors ? this : withTile(sums, mostVectors);
  }

  /** The same with another tile. */
  KernelChoice withTile(int otherSums, int otherVectors) {
    return new KernelChoice(otherSums, otherVectors, lanes);
  }

  /** The same tile with other lanes. */
  public KernelChoice withLanes(LaneChoice choice) {
    return new KernelChoice(sums, vectors, choice);
  }

  /** {@code 8 sums}, or {@code 6 sums x 2 vectors, channels in lanes}. */
  @Override
  public String toString() {
    return sums
        + (sums == 1 ? " sum" : " sums")
        + (vectors == 1 ? "" : " x " + vectors + " vectors")
        + (lanes == LaneChoice.BY_COST ? "" : ", " + lanes.word() + " in lanes");
  }
}
