package org.cnnc.compiler.schedule;

import org.cnnc.compiler.loop.ValueType;

/**
 * What decides the speed of a step and none of its bits.
 *
 * @param target the form of the code
 * @param tile most sums that one kernel keeps at once: for {@link Target#PLAIN} the rows that it
 *     reads (C2 gives up beyond about eight), for {@link Target#VECTOR} the vectors of sums that it
 *     holds in registers
 * @param unrolledTaps most taps of a pooling window that are written out; larger windows are loops
 * @param parameterTasks into how many tasks the rows of the parameters are cut
 */
public record MechanicalSchedule(Target target, int tile, int unrolledTaps, int parameterTasks) {
  public static final MechanicalSchedule DEFAULT = new MechanicalSchedule(Target.PLAIN, 8, 25, 16);

  public MechanicalSchedule {
    if (tile < 1 || unrolledTaps < 1 || parameterTasks < 1) {
      throw new IllegalArgumentException(
          "schedule " + tile + ", " + unrolledTaps + ", " + parameterTasks);
    }
  }

  /** The same for another form of code. */
  public MechanicalSchedule withTarget(Target wanted) {
    return new MechanicalSchedule(wanted, tile, unrolledTaps, parameterTasks);
  }

  /** Floats that a row of a value takes, so that the last round of a vector loop has room. */
  public int roomFor(int length) {
    return target == Target.PLAIN ? length : ValueType.roundUpToLanes(length);
  }
}
