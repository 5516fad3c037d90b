package org.cnnc.compiler.lower;

import java.util.List;
import org.cnnc.compiler.schedule.ConvAlgorithm;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.compiler.train.Operation;

/** The loops of a convolution with its activation and its max pool, all at once, on vectors. */
interface PooledLowering {
  /** By the algorithm that the numeric schedule says. */
  static PooledLowering of(ScheduledStep step, Operation operation) {
    PooledForward pooled = (PooledForward) operation.computation();
    return switch (algorithm(step, operation, pooled)) {
      case DIRECT -> new VectorPooledConv(step, operation);
      case WINOGRAD -> new WinogradPooledConv(step, operation);
    };
  }

  /** By which the convolution's sums are computed. */
  static ConvAlgorithm algorithm(ScheduledStep step, Operation operation, PooledForward pooled) {
    return step.numeric().algorithms().forward(pooled.convolution(), operation.input(0).shape());
  }

  /** The memory that the loops need beside the operation's tensors. */
  List<Scratch> scratch();

  /** Adds what is needed of the parameters in another order. */
  void prepare(OperationScope scope);

  /** The most parts that it can be cut into, each for a task of its own. */
  int parts();

  /** Adds the loops. */
  void lower(OperationScope scope);
}
