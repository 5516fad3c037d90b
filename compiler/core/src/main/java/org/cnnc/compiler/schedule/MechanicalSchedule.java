package org.cnnc.compiler.schedule;

/**
 * What decides the speed of a step and none of its bits.
 *
 * @param tile most rows that one accumulate kernel reads: more rows, fewer passes over the sum; C2
 *     gives up beyond about eight
 * @param unrolledTaps most taps of a pooling window that are written out; larger windows are loops
 * @param parameterTasks into how many tasks the rows of the parameters are cut
 */
public record MechanicalSchedule(int tile, int unrolledTaps, int parameterTasks) {
  public static final MechanicalSchedule DEFAULT = new MechanicalSchedule(8, 25, 16);

  public MechanicalSchedule {
    if (tile < 1 || unrolledTaps < 1 || parameterTasks < 1) {
      throw new IllegalArgumentException(
          "schedule " + tile + ", " + unrolledTaps + ", " + parameterTasks);
    }
  }
}
