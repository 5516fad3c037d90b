package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.schedule.ConvGeometry;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * A convolution on vectors of output channels: sums are pixels, read one by one from a framed copy
 * of the input, whatever the stride.
 */
final class ChannelConvForward implements VectorConvPass {
  private static final String FRAME = "frame";

  private final Conv2d conv;
  private final TensorShape input;
  private final ConvGeometry geometry;
  private final ChannelLanes lanes;

  ChannelConvForward(Conv2d conv, ScheduledStep step, Operation operation) {
    Tensor image = operation.input(0);
    this.conv = conv;
    this.input = image.shape();
    this.geometry = ConvGeometry.of(conv, input, step.pitch(image));
    Size kernel = conv.window().kernel();
    TensorShape output = conv.outputShape(input);
    this.lanes =
        new ChannelLanes(
            conv.outChannels(),
            Math.multiplyExact(kernel.rows(), kernel.columns()),
            input.channels(),
            new Size(output.height(), output.width()),
            step.choice(operation));
  }

  @Override
  public List<Scratch> scratch() {
    List<Scratch> needs = new ArrayList<>(lanes.scratch());
    int frame = Math.multiplyExact(input.channels(), geometry.sourceLength());
    needs.add(new Scratch(FRAME, 1, frame, Lifetime.KEEPS_ZEROS));
    return needs;
  }

  @Override
  public void prepare(OperationScope scope) {
    Tensor weight = scope.operation().input(1);
    lanes.packRows(
        scope,
        channel -> scope.parameterRow(weight, channel),
        scope.parameterBuffer(weight).length());
  }

  @Override
  public int parts() {
    return lanes.parts();
  }

  @Override
  public void lower(OperationScope scope) {
    Planes planes = Planes.inOneRow(scope.scratch(FRAME), geometry.sourceLength());
    scope.add(ConvFrames.frameInput(scope, conv, geometry, planes));
    lanes.sum(scope, channel -> Bias.of(scope, channel), this::input);
    Tensor output = scope.operation().output();
    lanes.collect(
        scope,
        channel -> scope.row(output, channel),
        scope.step().pitch(output),
        StoredValue.of(scope.operation()));
  }

  private ChannelLanes.Input input(OperationScope scope) {
    int columns = conv.window().kernel().columns();
    Size stride = conv.window().stride();
    return ChannelLanes.Input.inPlanes(
        row(scope.scratch(FRAME), Index.of(0)),
        tap -> tap.dividedBy(columns).times(geometry.sourcePitch()).plus(tap.remainder(columns)),
        stride.rows() * geometry.sourcePitch(),
        stride.columns(),
        geometry.sourceLength());
  }
}
