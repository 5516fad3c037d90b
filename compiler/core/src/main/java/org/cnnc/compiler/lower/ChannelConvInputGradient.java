package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.schedule.ConvGradientGeometry;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * The gradient of a convolution's input on vectors of input channels: sums are pixels of the input,
 * read one by one from the framed gradient of the output.
 */
final class ChannelConvInputGradient implements VectorConvPass {
  private static final String FRAME = "frame";

  private final Conv2d conv;
  private final ConvGradientGeometry geometry;
  private final ChannelLanes lanes;

  ChannelConvInputGradient(Conv2d conv, ScheduledStep step, Operation operation) {
    TensorShape input = operation.output().shape();
    this.conv = conv;
    this.geometry = ConvGradientGeometry.of(conv, input);
    Size kernel = conv.window().kernel();
    this.lanes =
        new ChannelLanes(
            input.channels(),
            Math.multiplyExact(kernel.rows(), kernel.columns()),
            conv.outChannels(),
            new Size(input.height(), input.width()),
            step.choice(operation));
  }

  @Override
  public List<Scratch> scratch() {
    List<Scratch> needs = new ArrayList<>(lanes.scratch());
    int frame = Math.multiplyExact(conv.outChannels(), geometry.frameLength());
    needs.add(new Scratch(FRAME, 1, frame, Lifetime.KEEPS_ZEROS));
    return needs;
  }

  @Override
  public void prepare(OperationScope scope) {
    Tensor weight = scope.operation().input(1);
    lanes.packColumns(
        scope,
        outChannel -> scope.parameterRow(weight, outChannel),
        scope.parameterBuffer(weight).length());
  }

  @Override
  public int parts() {
    return lanes.parts();
  }

  @Override
  public void lower(OperationScope scope) {
    Buffer frame = scope.scratch(FRAME);
    if (geometry.reachesInput()) {
      Planes planes = Planes.inOneRow(frame, geometry.frameLength());
      scope.add(ConvFrames.frameGradient(scope, conv, geometry, planes, frame));
    }
    lanes.sum(scope, channel -> Loops.ZERO, this::input);
    Tensor result = scope.operation().output();
    lanes.collect(
        scope, channel -> scope.row(result, channel), scope.step().pitch(result), StoredValue.SUM);
  }

  /** The first tap of the kernel meets the last place of the frame. */
  private ChannelLanes.Input input(OperationScope scope) {
    Size kernel = conv.window().kernel();
    int last = (kernel.rows() - 1) * geometry.pitch() + kernel.columns() - 1;
    return ChannelLanes.Input.inPlanes(
        row(scope.scratch(FRAME), Index.of(0)),
        tap ->
            tap.dividedBy(kernel.columns())
                .times(-geometry.pitch())
                .plus(tap.remainder(kernel.columns()).times(-1))
                .plus(last),
        geometry.pitch(),
        1,
        geometry.frameLength());
  }
}
