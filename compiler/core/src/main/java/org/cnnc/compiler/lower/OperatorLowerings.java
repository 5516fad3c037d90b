package org.cnnc.compiler.lower;

import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.AveragePool;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.op.Operator.Flatten;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.graph.op.Operator.MaxPool;
import org.cnnc.compiler.graph.op.Operator.Softmax;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Target;

/** The lowering of each operator. */
final class OperatorLowerings implements Operator.Visitor<OperatorLowering> {
  private final Target target;

  private OperatorLowerings(Target target) {
    this.target = target;
  }

  static OperatorLowering of(Operator operator, ScheduledStep step) {
    return operator.accept(new OperatorLowerings(step.mechanical().target()));
  }

  @Override
  public OperatorLowering visitActivation(Activation operator) {
    return new ActivationLowering(operator);
  }

  @Override
  public OperatorLowering visitConv2d(Conv2d operator) {
    return new WinogradConvLowering(
        operator,
        switch (target) {
          case PLAIN -> new ConvLowering(operator);
          case VECTOR -> new VectorConvLowering(operator);
        });
  }

  @Override
  public OperatorLowering visitMaxPool(MaxPool operator) {
    return pooling(operator.window(), true);
  }

  @Override
  public OperatorLowering visitAveragePool(AveragePool operator) {
    return pooling(operator.window(), false);
  }

  @Override
  public OperatorLowering visitFlatten(Flatten operator) {
    return new FlattenLowering();
  }

  @Override
  public OperatorLowering visitFullyConnected(FullyConnected operator) {
    return new FullyConnectedLowering(operator, target);
  }

  @Override
  public OperatorLowering visitSoftmax(Softmax operator) {
    return new SoftmaxLowering();
  }

  private OperatorLowering pooling(Window window, boolean maximum) {
    return target == Target.VECTOR && TapPlanesPooling.fits(window)
        ? new TapPlanesPooling(window, maximum)
        : new PoolLowering(window, maximum);
  }
}
