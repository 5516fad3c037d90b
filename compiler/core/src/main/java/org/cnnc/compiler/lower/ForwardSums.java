package org.cnnc.compiler.lower;

import java.util.List;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.train.Operation;

/** A way to compute the sums of a fully connected layer's outputs. */
interface ForwardSums {
  /** What its kernel has to do. */
  KernelWork work(ScheduledStep step, Operation operation);

  /** The most parts that it can be cut into, each for a task of its own. */
  default int parts(ScheduledStep step, Operation operation) {
    return 1;
  }

  /** What {@link #prepare} and {@link #lower} work in. */
  List<Scratch> scratch(ScheduledStep step, Operation operation);

  /** Brings the weight, a row an output, into the order that it is read in, if that is another. */
  default void prepare(OperationScope scope) {}

  /** Adds the statements that compute the outputs of the image or the images at hand. */
  void lower(OperationScope scope);
}
