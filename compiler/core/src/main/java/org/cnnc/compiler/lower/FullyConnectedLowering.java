package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.tiles;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
import org.cnnc.compiler.lower.Kernels.Sums;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Computation;
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
 * weight, or as {@link OutputLanes}), along k in the others (as {@link InputLanes} where several
 * sums share what is loaded).
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
  public boolean gainsFromGroups(ScheduledStep step, Operation operation) {
    boolean forward = operation.computation() instanceof Computation.Forward;
    int inputs = (forward ? operation.input(0) : operation.output()).shape().elements();
    boolean severalAtOnce = lanes.isPresent() || step.mechanical().sumsAtOnce() > 1;
    long weight = (long) inputs * layer.outFeatures();
    return severalAtOnce && weight >= step.mechanical().sharedWeight();
  }

  private InputLanes inputLanes(int inputs) {
    return new InputLanes(inputs, layer.outFeatures());
  }

  @Override
  public Optional<KernelWork> forwardWork(ScheduledStep step, Operation operation) {
    if (lanes.isPresent()) {
      return Optional.of(lanes.get().work(step, operation));
    }
    int inputs = operation.input(0).shape().elements();
    int images = step.imagesAtOnce(operation);
    Axes axes = new Axes(Axes.IMAGES, "inputs", "outputs");
    return work(axes, images, inputs, layer.outFeatures(), 1, images);
  }

  @Override
  public Optional<KernelWork> inputGradientWork(ScheduledStep step, Operation operation) {
    int inputs = operation.output().shape().elements();
    int images = step.imagesAtOnce(operation);
    if (isInLanes(inputs, images)) {
      return Optional.of(inputLanes(inputs).inputGradientWork(step, operation));
    }
    Axes axes = new Axes(Axes.IMAGES, "outputs", "inputs");
    return work(axes, images, layer.outFeatures(), inputs, 1, images);
  }

  /** Whether the gradient of the inputs of so many images is computed by {@link InputLanes}. */
  private boolean isInLanes(int inputs, int images) {
    return lanes.isPresent() && images > 1 && inputLanes(inputs).fitInputGradient();
  }

  @Override
  public Optional<KernelWork> parameterGradientWork(ScheduledStep step, Operation operation) {
    int inputs = operation.input(1).shape().elements();
    int batch = step.graph().batch();
    Axes axes = new Axes("outputs", Axes.IMAGES, "inputs");
    if (batch == 1) { // then there is nothing to tile, and each output is work of its own
      return work(axes, 1, 1, inputs, layer.outFeatures(), 1);
    }
    if (gradientInLanes(step, inputs)) {
      return Optional.of(inputLanes(inputs).weightGradientWork(step));
    }
    int rows = step.mechanical().rowsTogether(layer.outFeatures());
    return work(axes, rows, batch, inputs, (layer.outFeatures() + rows - 1) / rows, batch);
  }

  private boolean gradientInLanes(ScheduledStep step, int inputs) {
    return lanes.isPresent()
        && step.graph().batch() > 1
        && step.mechanical().rowsTogether(layer.outFeatures()) > 1
        && inputLanes(inputs).fit();
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
    Tensor output = scope.operation().output();
    Buffer transposed = scope.scratch(TRANSPOSED_WEIGHT);
    sumRows(
        scope,
        image -> startFromBias(scope, rowOf(scope, output, image)),
        image -> rowOf(scope, output, image),
        input.shape().elements(),
        k -> row(transposed, k),
        (image, k) -> load(rowOf(scope, input, image), k),
        layer.outFeatures());
  }

  /** The row of the image at hand, or of one of its group. */
  private static ArrayRef rowOf(OperationScope scope, Tensor vector, Index image) {
    return scope.step().imagesAtOnce(scope.operation()) == 1
        ? scope.row(vector)
        : scope.rowOfGroup(vector, image);
  }

  /**
   * Rows that are the same for all images at once, each times a weight of the image. Sums grow in
   * memory, so none may be computed twice: images of a group that is not full come one by one.
   */
  private static void sumRows(
      OperationScope scope,
      Function<Index, Stmt> start,
      Function<Index, ArrayRef> sum,
      int terms,
      Function<Index, ArrayRef> rowAt,
      Kernels.Weights weights,
      int length) {
    int most = scope.step().imagesAtOnce(scope.operation());
    Index count = most == 1 ? Index.of(1) : scope.imagesOfGroup();
    scope.add(eachImage(Index.of(0), count, most, start));
    scope.add(
        tiles(
            terms,
            scope.tile(),
            (first, size) -> {
              Loops.TileBody images =
                  (image, sums) ->
                      scope
                          .kernels()
                          .accumulateTile(
                              new Sums(image, sums, sum), first, size, rowAt, weights, length);
              return most == 1 ? images.of(Index.of(0), 1) : wholeGroupOrEach(scope, most, images);
            }));
  }

  private static Stmt wholeGroupOrEach(OperationScope scope, int most, Loops.TileBody images) {
    Index whole = scope.imagesOfGroup().dividedBy(most);
    Stmt together =
        Loops.loop(
            new IndexVar("whole", 0, 0),
            Index.of(0),
            whole,
            one -> tiles("image", most, scope.sumsAtOnce(), images));
    Stmt each =
        eachImage(whole.times(most), scope.imagesOfGroup(), most, image -> images.of(image, 1));
    return new Block(List.of(together, each));
  }

  private static Stmt eachImage(Index begin, Index end, int most, Function<Index, Stmt> body) {
    return most == 1
        ? body.apply(Index.of(0))
        : Loops.loop(new IndexVar("image", 0, most - 1), begin, end, body);
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
    Tensor outputGradient = scope.operation().input(0);
    Tensor weight = scope.operation().input(1);
    Tensor inputGradient = scope.operation().output();
    int length = inputGradient.shape().elements();
    if (isInLanes(length, scope.step().imagesAtOnce(scope.operation()))) {
      inputLanes(length).inputGradient(scope);
      return;
    }
    sumRows(
        scope,
        image -> new Fill(rowOf(scope, inputGradient, image), 0, length, Loops.ZERO),
        image -> rowOf(scope, inputGradient, image),
        layer.outFeatures(),
        j -> scope.parameterRow(weight, j),
        (image, j) -> load(rowOf(scope, outputGradient, image), j),
        length);
  }

  @Override
  public void parameterGradient(OperationScope scope) {
    int length = scope.operation().input(1).shape().elements();
    if (gradientInLanes(scope.step(), length)) {
      inputLanes(length).weightGradient(scope);
    } else if (scope.sumsAtOnce() > 1) {
      scope.add(
          scope.rowTilesOfTask(
              layer.outFeatures(),
              (firstRow, rows) ->
                  tiles(
                      "outputRow",
                      rows,
                      scope.sumsAtOnce(),
                      (first, sums) -> weightGradient(scope, firstRow.plus(first), sums))));
    } else {
      scope.add(scope.rowsOfTask(layer.outFeatures(), j -> weightGradient(scope, j, 1)));
    }
    if (layer.bias()) {
      scope.add(biasGradient(scope, scope.operation().input(0)));
    }
  }

  private Stmt weightGradient(OperationScope scope, Index firstRow, int rows) {
    Tensor outputGradient = scope.operation().input(0);
    Tensor input = scope.operation().input(1);
    Tensor weightGradient = scope.operation().output();
    int length = input.shape().elements();
    Sums sums = new Sums(firstRow, rows, j -> scope.parameterRow(weightGradient, j));
    List<Stmt> statements = new ArrayList<>();
    for (int j = 0; j < rows; j++) {
      statements.add(new Fill(sums.row().apply(firstRow.plus(j)), 0, length, Loops.ZERO));
    }
    statements.add(
        overImages(
            scope,
            (first, size) ->
                scope
                    .kernels()
                    .accumulateTile(
                        sums,
                        first,
                        size,
                        image -> scope.rowOfImage(input, image, Index.of(0)),
                        (j, image) -> load(scope.rowOfImage(outputGradient, image, Index.of(0)), j),
                        length)));
    return Loops.block(statements);
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
