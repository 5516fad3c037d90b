package org.cnnc.compiler.lower;

import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.train.Operation;

/**
 * Convolution for the vector target: the sums of {@link ConvLowering}, in the same order, with
 * pixels or taps in the lanes.
 */
final class VectorConvLowering implements OperatorLowering {
  private final Conv2d conv;

  VectorConvLowering(Conv2d conv) {
    this.conv = conv;
  }

  private VectorConvForward forward(ScheduledStep step, Operation operation) {
    return new VectorConvForward(conv, step, operation);
  }

  private VectorConvInputGradient inputGradient(ScheduledStep step, Operation operation) {
    return new VectorConvInputGradient(conv, step, operation);
  }

  private VectorConvWeightGradient parameterGradient(ScheduledStep step, Operation operation) {
    return new VectorConvWeightGradient(conv, step, operation);
  }

  @Override
  public List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    return forward(step, operation).scratch();
  }

  @Override
  public List<Scratch> inputGradientScratch(ScheduledStep step, Operation operation) {
    return inputGradient(step, operation).scratch(step);
  }

  @Override
  public List<Scratch> parameterGradientScratch(ScheduledStep step, Operation operation) {
    return parameterGradient(step, operation).scratch();
  }

  @Override
  public void prepareForward(OperationScope scope) {
    forward(scope.step(), scope.operation()).prepare(scope);
  }

  @Override
  public void forward(OperationScope scope) {
    forward(scope.step(), scope.operation()).lower(scope);
  }

  @Override
  public void prepareInputGradient(OperationScope scope) {
    inputGradient(scope.step(), scope.operation()).prepare(scope);
  }

  @Override
  public void inputGradient(OperationScope scope) {
    inputGradient(scope.step(), scope.operation()).lower(scope);
  }

  @Override
  public void parameterGradient(OperationScope scope) {
    parameterGradient(scope.step(), scope.operation()).lower(scope);
  }
}
