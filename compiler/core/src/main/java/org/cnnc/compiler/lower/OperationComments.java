package org.cnnc.compiler.lower;

import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/** What a function of an operation says above itself: the text of the model, and the shapes. */
final class OperationComments implements Computation.Visitor<String> {
  private final Operation operation;

  private OperationComments(Operation operation) {
    this.operation = operation;
  }

  static String of(Operation operation) {
    return operation.computation().accept(new OperationComments(operation));
  }

  @Override
  public String visitForward(Computation.Forward computation) {
    return operation.text() + ": " + shape(operation.input(0)) + " to " + shape(operation.output());
  }

  @Override
  public String visitPooledForward(Computation.PooledForward computation) {
    return operation.text() + ": " + shape(operation.input(0)) + " to " + shape(operation.output());
  }

  @Override
  public String visitInputGradient(Computation.InputGradient computation) {
    return gradientOf("input", operation.input(0), operation.output());
  }

  @Override
  public String visitParameterGradient(Computation.ParameterGradient computation) {
    return gradientOf("parameters", operation.input(0), operation.output());
  }

  private String gradientOf(String what, Tensor from, Tensor to) {
    return "Gradient of the "
        + what
        + " of "
        + operation.text()
        + ": "
        + shape(from)
        + " to "
        + shape(to);
  }

  @Override
  public String visitLoss(Computation.Loss computation) {
    return "Loss of an image from " + operation.input(0).name() + " " + shape(operation.input(0));
  }

  @Override
  public String visitLossGradient(Computation.LossGradient computation) {
    return "Gradient of the loss by " + operation.input(0).name() + " " + shape(operation.input(0));
  }

  @Override
  public String visitAccumulate(Computation.Accumulate computation) {
    return "Sum of the gradients by the uses of a value " + shape(operation.output());
  }

  @Override
  public String visitUpdate(Computation.Update computation) {
    return "Optimizer step of " + operation.input(1).name() + " " + shape(operation.input(1));
  }

  @Override
  public String visitGradientUpdate(Computation.GradientUpdate computation) {
    return gradientOf("parameters", operation.input(0), operation.input(2))
        + ", and the optimizer's step with it";
  }

  private static String shape(Tensor tensor) {
    return tensor.dims().toString();
  }
}
