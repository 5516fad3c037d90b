package org.cnnc.compiler.lower;

import org.cnnc.compiler.internal.InternalCompilerError;

/** The loops of one kind of operator. Each method adds its statements to the scope's function. */
interface OperatorLowering {
  /** The value of the image at hand. */
  void forward(OperationScope scope);

  /** The gradient of the input, for the image at hand. */
  void inputGradient(OperationScope scope);

  /** The gradients of the parameters: image by image or row by row, as the operator's rule says. */
  default void parameterGradient(OperationScope scope) {
    throw new InternalCompilerError(scope.operation().name() + " has no parameters");
  }

  /** What {@link #forward} needs of the parameters in another order, once they have changed. */
  default void prepareForward(OperationScope scope) {}

  /**
   * What {@link #inputGradient} needs of the parameters in another order, once they have changed.
   */
  default void prepareInputGradient(OperationScope scope) {}
}
