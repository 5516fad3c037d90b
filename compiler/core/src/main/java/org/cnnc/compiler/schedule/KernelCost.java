package org.cnnc.compiler.schedule;

/**
 * What one run of a kernel is expected to take, in slots of a {@link Machine}.
 *
 * @param sums slots of the sums
 * @param copies slots of what is copied before
 * @param roundLoads loads of a round: of the vectors and floats that its multiply-adds use
 * @param roundMultiplyAdds multiply-adds of a round of the largest tile
 * @param largeTiles tiles of the largest size
 * @param smallTiles tiles that are smaller
 * @param limit what takes longest in a round
 * @param share part of the machine's multiply-adds that are useful
 */
public record KernelCost(
    double sums,
    double copies,
    int roundLoads,
    int roundMultiplyAdds,
    int largeTiles,
    int smallTiles,
    Limit limit,
    double share) {

  /** What bounds the speed of a round. */
  public enum Limit {
    /** The multiply-adds themselves: nothing is faster. */
    MULTIPLY_ADDS("multiply-adds"),
    /** More numbers are loaded than multiplied. */
    LOADS("loads"),
    /** Too few sums: each waits for its last multiply-add. */
    LATENCY("too few sums at once: each waits for its last multiply-add"),
    /** More sums than registers. */
    REGISTERS("more sums than registers"),
    /** Each number is used once, and does not come from the nearest cache. */
    MEMORY("memory: each weight is used once");

    private final String words;

    Limit(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Slots in all. */
  public double slots() {
    return sums + copies;
  }
}
