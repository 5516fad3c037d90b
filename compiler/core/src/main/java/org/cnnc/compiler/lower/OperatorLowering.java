package org.cnnc.compiler.lower;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.train.Operation;

/**
 * The loops of one kind of operator, each adding its statements to the scope's function, and the
 * memory that they need beside the operation's tensors; a scope finds it by its name.
 */
interface OperatorLowering {
  /** The value of the image at hand. */
  void forward(OperationScope scope);

  /** The gradient of the input, for the image at hand. */
  void inputGradient(OperationScope scope);

  /**
   * The gradients of the parameters: image by image or row by row, as the operator's rule says.
   * Those of rows go where {@link GradientRows} says.
   */
  default void parameterGradient(OperationScope scope) {
    throw new InternalCompilerError(scope.operation().name() + " has no parameters");
  }

  /**
   * Whether it pays to compute an operation for some images at once: the forward pass, or the
   * gradient of the input. Its loops then go over {@link ScheduledStep#imagesAtOnce} images.
   */
  default boolean gainsFromGroups(ScheduledStep step, Operation operation) {
    return false;
  }

  /** What {@link #forward} needs of the parameters in another order, once they have changed. */
  default void prepareForward(OperationScope scope) {}

  /**
   * What {@link #inputGradient} needs of the parameters in another order, once they have changed.
   */
  default void prepareInputGradient(OperationScope scope) {}

  /** What the kernel of {@link #forward} has to do; absent where no sums are tiled. */
  default Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    return Optional.empty();
  }

  /** As {@link #forwardWork}, of {@link #inputGradient}. */
  default Optional<KernelWork> inputGradientWork(ScheduledStep step, Operation operation) {
    return Optional.empty();
  }

  /** As {@link #forwardWork}, of {@link #parameterGradient}. */
  default Optional<KernelWork> parameterGradientWork(ScheduledStep step, Operation operation) {
    return Optional.empty();
  }

  /** What {@link #prepareForward} and {@link #forward} work in. */
  default List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    return List.of();
  }

  /** What {@link #prepareInputGradient} and {@link #inputGradient} work in. */
  default List<Scratch> inputGradientScratch(ScheduledStep step, Operation operation) {
    return List.of();
  }

  /** What {@link #parameterGradient} works in. */
  default List<Scratch> parameterGradientScratch(ScheduledStep step, Operation operation) {
    return List.of();
  }

  /** The most parts that {@link #forward} can be cut into, each for a task of its own. */
  default int forwardParts(ScheduledStep step, Operation operation) {
    return 1;
  }

  /** As {@link #forwardParts}, of {@link #inputGradient}. */
  default int inputGradientParts(ScheduledStep step, Operation operation) {
    return 1;
  }

  /** As {@link #forwardParts}, of {@link #parameterGradient}. */
  default int parameterGradientParts(ScheduledStep step, Operation operation) {
    return 1;
  }
}
