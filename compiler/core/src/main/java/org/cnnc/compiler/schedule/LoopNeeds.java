package org.cnnc.compiler.schedule;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.train.Operation;

/**
 * Says what the loops of an operation will be. The loops know; the schedule asks before there are
 * any, so that tiles can be chosen and memory can be planned.
 */
public interface LoopNeeds {
  /**
   * Whether it pays to compute an operation for some images at once.
   *
   * @param step what is decided: phases and layouts
   */
  boolean gainsFromGroups(ScheduledStep step, Operation operation);

  /** Whether kernels of convolutions can apply an activation to what they store. */
  boolean storesActivated(ScheduledStep step, Activation activation);

  /**
   * What the kernel of an operation has to do; absent where no sums are tiled.
   *
   * @param step what is decided: phases, groups of images and layouts
   */
  Optional<KernelWork> work(ScheduledStep step, Operation operation);

  /**
   * The most parts that the work of an operation on one image can be cut into, each for a task; 1
   * where it cannot be cut.
   *
   * @param step what is decided: phases, layouts and tiles
   */
  int mostParts(ScheduledStep step, Operation operation);

  /**
   * The memory that an operation needs beside its tensors.
   *
   * @param step all that is decided: everything but scratch
   */
  List<Scratch> scratch(ScheduledStep step, Operation operation);
}
