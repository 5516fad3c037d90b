package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * A fully connected layer for the vector target: outputs are the lanes of the forward pass, as
 * channels of an image of one pixel would be. The gradients are those of {@link
 * FullyConnectedLowering}, whose loops are put into lanes as they are.
 */
final class VectorFullyConnectedLowering implements OperatorLowering {
  private final FullyConnected layer;
  private final FullyConnectedLowering rows;

  VectorFullyConnectedLowering(FullyConnected layer) {
    this.layer = layer;
    this.rows = new FullyConnectedLowering(layer);
  }

  private ChannelLanes lanes(ScheduledStep step, Operation operation) {
    int inputs = operation.input(0).shape().elements();
    return new ChannelLanes(
        layer.outFeatures(),
        1,
        inputs,
        new ChannelLanes.Pixels(new Size(1, 1), 0, 0),
        step.choice(operation));
  }

  @Override
  public Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    int inputs = operation.input(0).shape().elements();
    long multiplyAdds = Math.multiplyExact((long) inputs, layer.outFeatures());
    Axes axes = new Axes("images", "inputs", "outputs");
    return Optional.of(
        new KernelWork(
            Form.CHANNELS, axes, 1, inputs, layer.outFeatures(), 1, multiplyAdds, Copies.NONE, 1));
  }

  @Override
  public List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    return lanes(step, operation).scratch();
  }

  @Override
  public int forwardParts(ScheduledStep step, Operation operation) {
    return lanes(step, operation).parts();
  }

  @Override
  public void prepareForward(OperationScope scope) {
    Tensor weight = scope.operation().input(1);
    lanes(scope.step(), scope.operation())
        .packRows(
            scope,
            output -> scope.parameterRow(weight, output),
            scope.parameterBuffer(weight).length());
  }

  @Override
  public void forward(OperationScope scope) {
    Tensor output = scope.operation().output();
    ChannelLanes lanes = lanes(scope.step(), scope.operation());
    lanes.sum(scope, channel -> bias(scope, channel), this::input);
    lanes.collectVector(scope, scope.row(output));
  }

  private ChannelLanes.Input input(OperationScope scope) {
    return new ChannelLanes.Input(scope.row(scope.operation().input(0)), tap -> Index.of(0), 1);
  }

  private Expr bias(OperationScope scope, Index output) {
    return layer.bias()
        ? load(scope.parameterRow(scope.operation().input(2), Index.of(0)), output)
        : Loops.ZERO;
  }

  @Override
  public Optional<KernelWork> inputGradientWork(ScheduledStep step, Operation operation) {
    return rows.inputGradientWork(step, operation);
  }

  @Override
  public void inputGradient(OperationScope scope) {
    rows.inputGradient(scope);
  }

  @Override
  public Optional<KernelWork> parameterGradientWork(ScheduledStep step, Operation operation) {
    return rows.parameterGradientWork(step, operation);
  }

  @Override
  public void parameterGradient(OperationScope scope) {
    rows.parameterGradient(scope);
  }
}
