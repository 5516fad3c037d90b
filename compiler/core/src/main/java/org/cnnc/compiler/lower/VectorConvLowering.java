package org.cnnc.compiler.lower;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

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

  private VectorConvWeightAtWindows atWindows(ScheduledStep step, Operation operation) {
    return new VectorConvWeightAtWindows(conv, step, operation);
  }

  private VectorConvWeightGradient parameterGradient(ScheduledStep step, Operation operation) {
    return new VectorConvWeightGradient(conv, step, operation);
  }

  @Override
  public Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    Tensor in = operation.input(0);
    return Optional.of(new ConvWork(conv, in.shape(), Form.REGISTERS).forward(step.pitch(in)));
  }

  @Override
  public Optional<KernelWork> inputGradientWork(ScheduledStep step, Operation operation) {
    Tensor in = operation.output();
    return Optional.of(
        new ConvWork(conv, in.shape(), Form.REGISTERS).inputGradient(step.pitch(in)));
  }

  @Override
  public Optional<KernelWork> parameterGradientWork(ScheduledStep step, Operation operation) {
    Tensor in = operation.input(1);
    ConvWork work = new ConvWork(conv, in.shape(), Form.REGISTERS);
    return Optional.of(
        WindowGradient.of(operation).map(work::weightGradient).orElseGet(work::weightGradient));
  }

  @Override
  public List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    return forward(step, operation).scratch();
  }

  @Override
  public List<Scratch> inputGradientScratch(ScheduledStep step, Operation operation) {
    return inputGradient(step, operation).scratch();
  }

  @Override
  public List<Scratch> parameterGradientScratch(ScheduledStep step, Operation operation) {
    return WindowGradient.of(operation).isPresent()
        ? atWindows(step, operation).scratch()
        : parameterGradient(step, operation).scratch();
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
    if (WindowGradient.of(scope.operation()).isPresent()) {
      atWindows(scope.step(), scope.operation()).lower(scope);
    } else {
      parameterGradient(scope.step(), scope.operation()).lower(scope);
    }
  }
}
