package org.cnnc.compiler.schedule;

import java.util.function.Consumer;

/**
 * What decides the speed of a step and none of its bits.
 *
 * @param target the form of the code
 * @param kernels tiles that are told instead of chosen
 * @param lanes whether vectors of convolutions run along pixels or along channels
 * @param partWork multiply-adds of the smallest part that the work on a single image is cut into
 * @param sumsAtOnce of the plain target rows of sums that one loop adds to, where it can
 * @param unrolledTaps most taps of a pooling window that are written out; larger windows are loops
 * @param parameterTasks into how many tasks the rows of the parameters are cut
 * @param fusion whether a convolution is computed together with what is behind it
 * @param sharedWeight floats of the smallest weight that is read once for a group of images
 */
public record MechanicalSchedule(
    Target target,
    KernelChoices kernels,
    LaneChoice lanes,
    long partWork,
    int sumsAtOnce,
    int unrolledTaps,
    int parameterTasks,
    Fusion fusion,
    int sharedWeight) {
  /**
   * Below, what each part brings into order for itself costs more than another thread gives; so it
   * was measured with 100,000 on a network of 1,200,000 multiply-adds a layer.
   */
  private static final long USUAL_PART_WORK = 400_000;

  /** A smaller weight comes from near caches, and its layer takes little time anyhow. */
  private static final int USUAL_SHARED_WEIGHT = 32 * 1024;

  private static final int FIRST_OF_SEVERAL_SUMS = 25;

  /** So many sums share what a kernel of a weight's gradient loads. */
  private static final int MOST_ROWS_TOGETHER = 4;

  public static final MechanicalSchedule DEFAULT =
      new MechanicalSchedule(
          Target.PLAIN,
          KernelChoices.NONE,
          LaneChoice.BY_COST,
          USUAL_PART_WORK,
          1,
          25,
          16,
          Fusion.WHERE_FASTER,
          USUAL_SHARED_WEIGHT);

  public MechanicalSchedule {
    if (partWork < 1
        || sumsAtOnce < 1
        || unrolledTaps < 1
        || parameterTasks < 1
        || sharedWeight < 1) {
      throw new IllegalArgumentException(
          "schedule " + partWork + ", " + unrolledTaps + ", " + parameterTasks);
    }
  }

  /** The same for another form of code. */
  public MechanicalSchedule withTarget(Target wanted) {
    return with(copy -> copy.target = wanted);
  }

  /** The same with other tiles told. */
  public MechanicalSchedule withKernels(KernelChoices choices) {
    return with(copy -> copy.kernels = choices);
  }

  /** The same with another choice of lanes. */
  public MechanicalSchedule withLanes(LaneChoice choice) {
    return with(copy -> copy.lanes = choice);
  }

  /** The same with another bound of the parts of an image. */
  public MechanicalSchedule withPartWork(long multiplyAdds) {
    return with(copy -> copy.partWork = multiplyAdds);
  }

  /**
   * The same for classes that are made to run in one virtual machine: C2 of Java 25 vectorises
   * loops that add to four rows of sums, for which it loads each element once instead of four
   * times. Up to Java 17 it leaves such loops as they are, so classes that may run anywhere have
   * none.
   *
   * @param feature the version of Java: 17, 25
   */
  public MechanicalSchedule forJava(int feature) {
    return with(copy -> copy.sumsAtOnce = feature >= FIRST_OF_SEVERAL_SUMS ? 4 : 1);
  }

  /** The same, with pools fused or not. */
  public MechanicalSchedule withFusion(Fusion wanted) {
    return with(copy -> copy.fusion = wanted);
  }

  /** The same with another bound of the weights that groups of images share. */
  public MechanicalSchedule withSharedWeight(int floats) {
    return with(copy -> copy.sharedWeight = floats);
  }

  private MechanicalSchedule with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.toSchedule();
  }

  /**
   * A schedule while one of its parts changes: the one place, but {@link #DEFAULT}, that lists
   * them.
   */
  private static final class Copy {
    private Target target;
    private KernelChoices kernels;
    private LaneChoice lanes;
    private long partWork;
    private int sumsAtOnce;
    private final int unrolledTaps;
    private final int parameterTasks;
    private Fusion fusion;
    private int sharedWeight;

    Copy(MechanicalSchedule schedule) {
      target = schedule.target;
      kernels = schedule.kernels;
      lanes = schedule.lanes;
      partWork = schedule.partWork;
      sumsAtOnce = schedule.sumsAtOnce;
      unrolledTaps = schedule.unrolledTaps;
      parameterTasks = schedule.parameterTasks;
      fusion = schedule.fusion;
      sharedWeight = schedule.sharedWeight;
    }

    MechanicalSchedule toSchedule() {
      return new MechanicalSchedule(
          target,
          kernels,
          lanes,
          partWork,
          sumsAtOnce,
          unrolledTaps,
          parameterTasks,
          fusion,
          sharedWeight);
    }
  }

  /**
   * Rows of a parameter, of {@code rows} in all, that always belong to one task, so that its
   * kernels may compute them at once: as many as leave each task some.
   */
  public int rowsTogether(int rows) {
    int most = rows / parameterTasks;
    return most >= MOST_ROWS_TOGETHER ? MOST_ROWS_TOGETHER : most >= 2 ? 2 : 1;
  }

  /** Floats that a row of a value takes, so that the last round of a vector loop has room. */
  public int roomFor(int length) {
    return target == Target.PLAIN ? length : RowPieces.mostRoom(length);
  }
}
