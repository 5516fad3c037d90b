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
 * pixels, channels or taps in the lanes.
 */
final class VectorConvLowering implements OperatorLowering {
  private final Conv2d conv;

  VectorConvLowering(Conv2d conv) {
    this.conv = conv;
  }

  private VectorConvPass forward(ScheduledStep step, Operation operation) {
    return step.hasChannelsInLanes(operation)
        ? new ChannelConvForward(conv, step, operation)
        : new VectorConvForward(conv, step, operation);
  }

  private VectorConvPass inputGradient(ScheduledStep step, Operation operation) {
    return step.hasChannelsInLanes(operation)
        ? new ChannelConvInputGradient(conv, step, operation)
        : new VectorConvInputGradient(conv, step, operation);
  }

  private VectorConvPass parameterGradient(ScheduledStep step, Operation operation) {
    return WindowGradient.of(operation).isPresent()
        ? new VectorConvWeightAtWindows(conv, step, operation)
        : new VectorConvWeightGradient(conv, step, operation);
  }

  @Override
  public Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    Tensor in = operation.input(0);
    KernelWork pixels = new ConvWork(conv, in.shape(), Form.REGISTERS).forward(step.pitch(in));
    KernelWork channels = new ConvWork(conv, in.shape(), Form.CHANNELS).forward(step.pitch(in));
    return Optional.of(step.lanes(operation).of(pixels, channels));
  }

  @Override
  public Optional<KernelWork> inputGradientWork(ScheduledStep step, Operation operation) {
    Tensor in = operation.output();
    int pitch = step.pitch(in);
    KernelWork pixels = new ConvWork(conv, in.shape(), Form.REGISTERS).inputGradient(pitch);
    KernelWork channels = new ConvWork(conv, in.shape(), Form.CHANNELS).inputGradient(pitch);
    return Optional.of(step.lanes(operation).of(pixels, channels));
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

  @Override
  public int forwardParts(ScheduledStep step, Operation operation) {
    return forward(step, operation).parts();
  }

  @Override
  public int inputGradientParts(ScheduledStep step, Operation operation) {
    return inputGradient(step, operation).parts();
  }

  @Override
  public int parameterGradientParts(ScheduledStep step, Operation operation) {
    return parameterGradient(step, operation).parts();
  }
}
