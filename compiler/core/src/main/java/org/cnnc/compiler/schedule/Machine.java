package org.cnnc.compiler.schedule;

/**
 * What of a core decides how fast a kernel is. Times are in slots: what a multiply-add of vectors
 * takes when nothing is in its way. A load takes a slot of its own, beside it, a store takes two:
 * so it is on the AVX2, AVX-512 and Neon cores of the last ten years.
 *
 * @param lanes floats of a vector
 * @param registers that hold vectors
 * @param latency slots until the result of a multiply-add can be used
 */
public record Machine(int lanes, int registers, int latency) {
  /** Floats of a cache line. */
  private static final int LINE = 16;

  /**
   * The machine that tiles are chosen for, whatever machine compiles: AVX2, two multiply-adds a
   * cycle that take four. The same text gives the same code everywhere.
   */
  public static final Machine REFERENCE = new Machine(8, 16, 8);

  /** Slots of a load of a vector: one as long as a cache line lies in two lines almost always. */
  int vectorLoad() {
    return lanes >= LINE ? 2 : 1;
  }

  /** A machine of as many lanes, the reference where nothing else is known of it. */
  public static Machine withLanes(int lanes) {
    return lanes <= REFERENCE.lanes
        ? new Machine(lanes, REFERENCE.registers, REFERENCE.latency)
        : new Machine(lanes, 2 * REFERENCE.registers, REFERENCE.latency);
  }
}
