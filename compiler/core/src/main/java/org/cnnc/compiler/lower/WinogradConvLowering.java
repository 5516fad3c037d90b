package org.cnnc.compiler.lower;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.schedule.ConvAlgorithm;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.schedule.WinogradLanes;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Operation;

/**
 * A convolution by the algorithms that the numeric schedule says: each of the forward pass and the
 * gradient of the input directly or by a {@link WinogradConvolution}, the gradients of the
 * parameters directly.
 */
final class WinogradConvLowering implements OperatorLowering {
  private final Conv2d conv;
  private final OperatorLowering direct;

  WinogradConvLowering(Conv2d conv, OperatorLowering direct) {
    this.conv = conv;
    this.direct = direct;
  }

  private boolean forwardIsDirect(ScheduledStep step, Operation operation) {
    return step.numeric().algorithms().forward(conv, operation.input(0).shape())
        == ConvAlgorithm.DIRECT;
  }

  private boolean inputGradientIsDirect(ScheduledStep step, Operation operation) {
    return step.numeric().algorithms().inputGradient(conv, operation.output().shape())
        == ConvAlgorithm.DIRECT;
  }

  private WinogradGeometry forwardGeometry(ScheduledStep step, Operation operation) {
    return forwardGeometry(step, conv, operation.input(0).shape());
  }

  /** Of the forward pass, in the strips that the step's threads share. */
  static WinogradGeometry forwardGeometry(ScheduledStep step, Conv2d conv, TensorShape input) {
    return cut(step, WinogradGeometry.forward(conv, input));
  }

  private WinogradGeometry gradientGeometry(ScheduledStep step, Operation operation) {
    return cut(step, WinogradGeometry.inputGradient(conv, operation.output().shape()));
  }

  private static WinogradGeometry cut(ScheduledStep step, WinogradGeometry geometry) {
    return step.cutsImages() ? geometry.ofCutImage() : geometry;
  }

  private static int strips(ScheduledStep step, WinogradGeometry geometry) {
    return switch (WinogradLanes.of(geometry, step.mechanical().target())) {
      case TARGET_CHANNELS -> geometry.strips();
      case TILES -> geometry.longStrips();
    };
  }

  private WinogradConvolution winograd(ScheduledStep step, Operation operation) {
    boolean forward = operation.computation() instanceof Computation.Forward;
    return WinogradConvolution.of(
        forward ? forwardGeometry(step, operation) : gradientGeometry(step, operation),
        !forward,
        step.mechanical(),
        step.choice(operation));
  }

  @Override
  public Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    return forwardIsDirect(step, operation)
        ? direct.forwardWork(step, operation)
        : Optional.of(
            WinogradWork.of(forwardGeometry(step, operation), step.mechanical().target()));
  }

  @Override
  public Optional<KernelWork> inputGradientWork(ScheduledStep step, Operation operation) {
    return inputGradientIsDirect(step, operation)
        ? direct.inputGradientWork(step, operation)
        : Optional.of(
            WinogradWork.of(gradientGeometry(step, operation), step.mechanical().target()));
  }

  @Override
  public Optional<KernelWork> parameterGradientWork(ScheduledStep step, Operation operation) {
    return direct.parameterGradientWork(step, operation);
  }

  @Override
  public List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    return forwardIsDirect(step, operation)
        ? direct.forwardScratch(step, operation)
        : winograd(step, operation).scratch();
  }

  @Override
  public List<Scratch> inputGradientScratch(ScheduledStep step, Operation operation) {
    return inputGradientIsDirect(step, operation)
        ? direct.inputGradientScratch(step, operation)
        : winograd(step, operation).scratch();
  }

  @Override
  public List<Scratch> parameterGradientScratch(ScheduledStep step, Operation operation) {
    return direct.parameterGradientScratch(step, operation);
  }

  @Override
  public void prepareForward(OperationScope scope) {
    if (forwardIsDirect(scope.step(), scope.operation())) {
      direct.prepareForward(scope);
    } else {
      winograd(scope.step(), scope.operation()).prepare(scope);
    }
  }

  @Override
  public void forward(OperationScope scope) {
    if (forwardIsDirect(scope.step(), scope.operation())) {
      direct.forward(scope);
      return;
    }
    winograd(scope.step(), scope.operation()).lower(scope, Bias.row(scope));
  }

  @Override
  public void prepareInputGradient(OperationScope scope) {
    if (inputGradientIsDirect(scope.step(), scope.operation())) {
      direct.prepareInputGradient(scope);
    } else {
      winograd(scope.step(), scope.operation()).prepare(scope);
    }
  }

  @Override
  public void inputGradient(OperationScope scope) {
    if (inputGradientIsDirect(scope.step(), scope.operation())) {
      direct.inputGradient(scope);
    } else {
      winograd(scope.step(), scope.operation()).lower(scope, Optional.empty());
    }
  }

  @Override
  public void parameterGradient(OperationScope scope) {
    direct.parameterGradient(scope);
  }

  @Override
  public int forwardParts(ScheduledStep step, Operation operation) {
    return forwardIsDirect(step, operation)
        ? direct.forwardParts(step, operation)
        : strips(step, forwardGeometry(step, operation));
  }

  @Override
  public int inputGradientParts(ScheduledStep step, Operation operation) {
    return inputGradientIsDirect(step, operation)
        ? direct.inputGradientParts(step, operation)
        : strips(step, gradientGeometry(step, operation));
  }

  @Override
  public int parameterGradientParts(ScheduledStep step, Operation operation) {
    return direct.parameterGradientParts(step, operation);
  }
}
