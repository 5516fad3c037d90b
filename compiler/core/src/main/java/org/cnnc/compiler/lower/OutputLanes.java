package org.cnnc.compiler.lower;

import java.util.List;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.lower.VectorTile.Scalars;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * The forward pass of a layer from vector to vector, for the vector target: its outputs are the
 * lanes, as the channels of an image would be that has as many pixels as images are computed at
 * once.
 *
 * @param count of outputs
 */
record OutputLanes(int count) implements ForwardSums {
  private ChannelLanes lanes(ScheduledStep step, Operation operation) {
    int inputs = operation.input(0).shape().elements();
    Size images = new Size(1, step.imagesAtOnce(operation));
    return new ChannelLanes(count, 1, inputs, images, step.choice(operation));
  }

  @Override
  public KernelWork work(ScheduledStep step, Operation operation) {
    int inputs = operation.input(0).shape().elements();
    int images = step.imagesAtOnce(operation);
    long multiplyAdds = Math.multiplyExact(Math.multiplyExact((long) inputs, count), images);
    Axes axes = Axes.overImages("inputs", "outputs");
    return new KernelWork(
        Form.CHANNELS, axes, images, inputs, count, 1, multiplyAdds, Copies.NONE, images);
  }

  @Override
  public List<Scratch> scratch(ScheduledStep step, Operation operation) {
    return lanes(step, operation).scratch();
  }

  @Override
  public int parts(ScheduledStep step, Operation operation) {
    return lanes(step, operation).parts();
  }

  @Override
  public void prepare(OperationScope scope) {
    Tensor weight = scope.operation().input(1);
    lanes(scope.step(), scope.operation())
        .packRows(
            scope,
            output -> scope.parameterRow(weight, output),
            scope.parameterBuffer(weight).length());
  }

  @Override
  public void lower(OperationScope scope) {
    Tensor output = scope.operation().output();
    ChannelLanes lanes = lanes(scope.step(), scope.operation());
    lanes.sum(scope, channel -> Bias.of(scope, channel), this::input);
    if (scope.step().imagesAtOnce(scope.operation()) == 1) {
      lanes.collectVector(scope, scope.row(output));
    } else {
      lanes.collectVectors(scope, image -> scope.rowOfGroup(output, image));
    }
  }

  private ChannelLanes.Input input(OperationScope scope) {
    Tensor input = scope.operation().input(0);
    return new ChannelLanes.Input(
        (tap, y, first) ->
            scope.step().imagesAtOnce(scope.operation()) == 1
                ? Scalars.of(scope.row(input), Index.of(0), 1)
                : Scalars.ofArrays(image -> scope.rowOfGroup(input, first.plus(image))),
        1);
  }
}
