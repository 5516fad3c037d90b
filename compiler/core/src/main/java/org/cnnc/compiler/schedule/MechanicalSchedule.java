package org.cnnc.compiler.schedule;

/**
 * What decides the speed of a step and none of its bits.
 *
 * @param target the form of the code
 * @param kernels tiles that are told instead of chosen
 * @param unrolledTaps most taps of a pooling window that are written out; larger windows are loops
 * @param parameterTasks into how many tasks the rows of the parameters are cut
 */
public record MechanicalSchedule(
    Target target, KernelChoices kernels, int unrolledTaps, int parameterTasks) {
  public static final MechanicalSchedule DEFAULT =
      new MechanicalSchedule(Target.PLAIN, KernelChoices.NONE, 25, 16);

  public MechanicalSchedule {
    if (unrolledTaps < 1 || parameterTasks < 1) {
      throw new IllegalArgumentException("schedule " + unrolledTaps + ", " + parameterTasks);
    }
  }

  /** The same for another form of code. */
  public MechanicalSchedule withTarget(Target wanted) {
    return new MechanicalSchedule(wanted, kernels, unrolledTaps, parameterTasks);
  }

  /** The same with other tiles told. */
  public MechanicalSchedule withKernels(KernelChoices choices) {
    return new MechanicalSchedule(target, choices, unrolledTaps, parameterTasks);
  }

  /** Floats that a row of a value takes, so that the last round of a vector loop has room. */
  public int roomFor(int length) {
    return target == Target.PLAIN ? length : RowPieces.mostRoom(length);
  }
}
