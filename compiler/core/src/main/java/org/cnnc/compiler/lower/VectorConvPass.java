package org.cnnc.compiler.lower;

import java.util.List;
import org.cnnc.compiler.schedule.Scratch;

/** One operation of a convolution on vectors, in one of the forms that its schedule may choose. */
interface VectorConvPass {
  /** What it works in. */
  List<Scratch> scratch();

  /** What it needs of the parameters in another order, once they have changed. */
  default void prepare(OperationScope scope) {}

  /** The most parts that it can be cut into, each for a task of its own. */
  int parts();

  void lower(OperationScope scope);
}
