package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.List;
import java.util.Optional;
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
 * The forward pass of a layer from vector to vector, for the vector target: its outputs are the
 * lanes, as the channels of an image of one pixel would be.
 *
 * @param count of outputs
 * @param bias whether sums begin with one
 */
record OutputLanes(int count, boolean bias) {
  private ChannelLanes lanes(ScheduledStep step, Operation operation) {
    int inputs = operation.input(0).shape().elements();
    return new ChannelLanes(
        count, 1, inputs, new ChannelLanes.Pixels(new Size(1, 1), 0, 0), step.choice(operation));
  }

  Optional<KernelWork> work(Operation operation) {
    int inputs = operation.input(0).shape().elements();
    long multiplyAdds = Math.multiplyExact((long) inputs, count);
    Axes axes = new Axes("images", "inputs", "outputs");
    return Optional.of(
        new KernelWork(Form.CHANNELS, axes, 1, inputs, count, 1, multiplyAdds, Copies.NONE, 1));
  }

  List<Scratch> scratch(ScheduledStep step, Operation operation) {
    return lanes(step, operation).scratch();
  }

  /** The most parts that it can be cut into, each for a task of its own. */
  int parts(ScheduledStep step, Operation operation) {
    return lanes(step, operation).parts();
  }

  /** Brings the weight, a row an output, into the order that it is read in. */
  void prepare(OperationScope scope) {
    Tensor weight = scope.operation().input(1);
    lanes(scope.step(), scope.operation())
        .packRows(
            scope,
            output -> scope.parameterRow(weight, output),
            scope.parameterBuffer(weight).length());
  }

  void lower(OperationScope scope) {
    Tensor output = scope.operation().output();
    ChannelLanes lanes = lanes(scope.step(), scope.operation());
    lanes.sum(scope, channel -> start(scope, channel), this::input);
    lanes.collectVector(scope, scope.row(output));
  }

  private ChannelLanes.Input input(OperationScope scope) {
    return new ChannelLanes.Input(scope.row(scope.operation().input(0)), tap -> Index.of(0), 1);
  }

  private Expr start(OperationScope scope, Index output) {
    return bias
        ? load(scope.parameterRow(scope.operation().input(2), Index.of(0)), output)
        : Loops.ZERO;
  }
}
