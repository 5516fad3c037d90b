package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.tiles;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * A fully connected layer [K] to [J] with weight [J, K]:
 *
 * <pre>
 * y[j]     = b[j] + sum over k of x[k] * w[j][k]
 * dx[k]    =        sum over j of dy[j] * w[j][k]
 * dw[j][k] =        sum over images of x[k] * dy[j]
 * db[j]    =        sum over images of dy[j]
 * </pre>
 *
 * in these orders of sums; loops run along j in the forward pass (over a transposed copy of the
 * weight, or as {@link OutputLanes}), along k in the others.
 */
final class FullyConnectedLowering implements OperatorLowering {
  /** The weight, one row an input. */
  private static final String TRANSPOSED_WEIGHT = "transposedWeight";

  private final FullyConnected layer;

  /** The forward pass of the vector target. */
  private final Optional<OutputLanes> lanes;

  FullyConnectedLowering(FullyConnected layer, Target target) {
    this.layer = layer;
    this.lanes =
        target == Target.VECTOR
            ? Optional.of(new OutputLanes(layer.outFeatures(), layer.bias()))
            : Optional.empty();
  }

  @Override
  public Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    if (lanes.isPresent()) {
      return lanes.get().work(operation);
    }
    int inputs = operation.input(0).shape().elements();
    return work(new Axes("images", "inputs", "outputs"), 1, inputs, layer.outFeatures(), 1, 1);
  }

  @Override
  public Optional<KernelWork> inputGradientWork(ScheduledStep step, Operation operation) {
    int inputs = operation.output().shape().elements();
    return work(new Axes("images", "outputs", "inputs"), 1, layer.outFeatures(), inputs, 1, 1);
  }

  @Override
  public Optional<KernelWork> parameterGradientWork(ScheduledStep step, Operation operation) {
    int inputs = operation.input(1).shape().elements();
    int batch = step.graph().batch();
    Axes axes = new Axes("outputs", "images", "inputs");
    if (batch == 1) { // then there is nothing to tile, and each output is work of its own
      return work(axes, 1, 1, inputs, layer.outFeatures(), 1);
    }
    return work(axes, layer.outFeatures(), batch, inputs, 1, batch);
  }

  private static Optional<KernelWork> work(
      Axes axes, int sums, int terms, int lanes, int repeats, int images) {
    long multiplyAdds = Math.multiplyExact(Math.multiplyExact((long) sums * repeats, terms), lanes);
    return Optional.of(
        new KernelWork(
            Form.ROWS, axes, sums, terms, lanes, repeats, multiplyAdds, Copies.NONE, images));
  }

  @Override
  public int forwardParts(ScheduledStep step, Operation operation) {
    return lanes.map(outputs -> outputs.parts(step, operation)).orElse(1);
  }

  @Override
  public List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    if (lanes.isPresent()) {
      return lanes.get().scratch(step, operation);
    }
    int inputs = operation.input(0).shape().elements();
    return List.of(
        new Scratch(TRANSPOSED_WEIGHT, inputs, layer.outFeatures(), Lifetime.PARAMETERS));
  }

  @Override
  public void forward(OperationScope scope) {
    if (lanes.isPresent()) {
      lanes.get().lower(scope);
      return;
    }
    Tensor input = scope.operation().input(0);
    ArrayRef output = scope.row(scope.operation().output());
    Buffer transposed = scope.scratch(TRANSPOSED_WEIGHT);
    scope.add(startFromBias(scope, output));
    scope.add(
        tiles(
            input.shape().elements(),
            scope.tile(),
            (first, size) ->
                scope
                    .kernels()
                    .accumulateTile(
                        output,
                        first,
                        size,
                        k -> row(transposed, k),
                        k -> load(scope.row(input), k),
                        layer.outFeatures())));
  }

  private Stmt startFromBias(OperationScope scope, ArrayRef output) {
    if (!layer.bias()) {
      return new Fill(output, 0, layer.outFeatures(), Loops.ZERO);
    }
    ArrayRef bias = scope.parameterRow(scope.operation().input(2), Index.of(0));
    return new Copy(bias, Index.of(0), output, Index.of(0), layer.outFeatures());
  }

  @Override
  public void prepareForward(OperationScope scope) {
    if (lanes.isPresent()) {
      lanes.get().prepare(scope);
      return;
    }
    Tensor weight = scope.operation().input(1);
    Buffer transposed = scope.scratch(TRANSPOSED_WEIGHT);
    scope.add(
        scope.rowsOfTask(
            transposed.rows(),
            k ->
                loop(
                    "j",
                    layer.outFeatures(),
                    j ->
                        new Store(row(transposed, k), j, load(scope.parameterRow(weight, j), k)))));
  }

  @Override
  public void inputGradient(OperationScope scope) {
    ArrayRef outputGradient = scope.row(scope.operation().input(0));
    Tensor weight = scope.operation().input(1);
    ArrayRef inputGradient = scope.row(scope.operation().output());
    int length = scope.operation().output().shape().elements();
    scope.add(new Fill(inputGradient, 0, length, Loops.ZERO));
    scope.add(
        tiles(
            layer.outFeatures(),
            scope.tile(),
            (first, size) ->
                scope
                    .kernels()
                    .accumulateTile(
                        inputGradient,
                        first,
                        size,
                        j -> scope.parameterRow(weight, j),
                        j -> load(outputGradient, j),
                        length)));
  }

  @Override
  public void parameterGradient(OperationScope scope) {
    Tensor outputGradient = scope.operation().input(0);
    Tensor input = scope.operation().input(1);
    Tensor weightGradient = scope.operation().output();
    int length = input.shape().elements();
    scope.add(
        scope.rowsOfTask(
            layer.outFeatures(),
            j -> {
              ArrayRef sum = scope.parameterRow(weightGradient, j);
              return Loops.block(
                  List.of(
                      new Fill(sum, 0, length, Loops.ZERO),
                      overImages(
                          scope,
                          (first, size) ->
                              scope
                                  .kernels()
                                  .accumulateTile(
                                      sum,
                                      first,
                                      size,
                                      image -> scope.rowOfImage(input, image, Index.of(0)),
                                      image ->
                                          load(
                                              scope.rowOfImage(outputGradient, image, Index.of(0)),
                                              j),
                                      length))));
            }));
    if (layer.bias()) {
      scope.add(biasGradient(scope, outputGradient));
    }
  }

  /** Covers the images of the step, of which only the most is known, in order. */
  private static Stmt overImages(OperationScope scope, Loops.TileBody body) {
    int batch = scope.step().graph().batch();
    int tile = scope.tile();
    List<Stmt> statements = new ArrayList<>();
    if (batch >= tile) {
      IndexVar group = new IndexVar("tile", 0, batch / tile - 1);
      statements.add(
          Loops.loop(
              group,
              Index.of(0),
              scope.images().dividedBy(tile),
              g -> body.of(g.times(tile), tile)));
    }
    IndexVar image = new IndexVar("imageIndex", 0, batch - 1);
    Index rest = scope.images().dividedBy(tile).times(tile);
    statements.add(Loops.loop(image, rest, scope.images(), i -> body.of(i, 1)));
    return new Block(statements);
  }

  private Stmt biasGradient(OperationScope scope, Tensor outputGradient) {
    ArrayRef sum = scope.parameterRow(scope.operation().outputs().get(1), Index.of(0));
    IndexVar image = new IndexVar("imageIndex", 0, scope.step().graph().batch() - 1);
    return scope.rowsOfTask(
        1,
        row ->
            new Block(
                List.of(
                    new Fill(sum, 0, layer.outFeatures(), Loops.ZERO),
                    Loops.loop(
                        image,
                        Index.of(0),
                        scope.images(),
                        i ->
                            loop(
                                "j",
                                layer.outFeatures(),
                                j ->
                                    new Store(
                                        sum,
                                        j,
                                        add(
                                            load(sum, j),
                                            load(
                                                scope.rowOfImage(outputGradient, i, Index.of(0)),
                                                j))))))));
  }
}
