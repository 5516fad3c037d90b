package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.tiles;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.lower.Kernels.Sums;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.NumericSchedule;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * A layer from vector to vector by rows that are added to sums in memory: of the plain target, and
 * of the vector target where nothing else fits.
 *
 * @param outputs of the layer
 */
record FullyConnectedRows(int outputs) implements ForwardSums {
  /** The weight, one row an input. */
  private static final String TRANSPOSED_WEIGHT = "transposedWeight";

  /** A row for each image at hand and partial sum of its outputs. */
  private static final String PARTIAL_SUMS = "partialSums";

  @Override
  public KernelWork work(ScheduledStep step, Operation operation) {
    int inputs = operation.input(0).shape().elements();
    int images = step.imagesAtOnce(operation);
    Axes axes = Axes.overImages("inputs", "outputs");
    return workOfRows(axes, images, inputs, outputs, 1, images, inputs);
  }

  KernelWork inputGradientWork(ScheduledStep step, Operation operation) {
    int inputs = operation.output().shape().elements();
    int images = step.imagesAtOnce(operation);
    Axes axes = Axes.overImages("outputs", "inputs");
    return workOfRows(axes, images, outputs, inputs, 1, images, inputs);
  }

  KernelWork weightGradientWork(ScheduledStep step, Operation operation) {
    int inputs = operation.input(1).shape().elements();
    int batch = step.graph().batch();
    if (batch == 1) { // then there is nothing to tile, and each output is work of its own
      Axes axes = new Axes("outputs", "images", "inputs");
      return workOfRows(axes, 1, 1, inputs, outputs, 1, inputs);
    }
    Axes axes = Axes.ofImages("outputs", "inputs");
    int rows = step.mechanical().rowsTogether(outputs);
    return workOfRows(axes, rows, batch, inputs, (outputs + rows - 1) / rows, batch, inputs);
  }

  private KernelWork workOfRows(
      Axes axes, int sums, int terms, int lanes, int repeats, int images, int inputs) {
    long multiplyAdds = Math.multiplyExact(Math.multiplyExact((long) inputs, outputs), images);
    return new KernelWork(
        Form.ROWS, axes, sums, terms, lanes, repeats, multiplyAdds, Copies.NONE, images);
  }

  @Override
  public List<Scratch> scratch(ScheduledStep step, Operation operation) {
    int inputs = operation.input(0).shape().elements();
    List<Scratch> needs = new ArrayList<>();
    needs.add(new Scratch(TRANSPOSED_WEIGHT, inputs, outputs, Lifetime.PARAMETERS));
    if (step.numeric().algorithms().interleaves(inputs)) {
      int rows = step.imagesAtOnce(operation) * NumericSchedule.PARTIAL_SUMS;
      needs.add(new Scratch(PARTIAL_SUMS, rows, outputs, Lifetime.OPERATION));
    }
    return needs;
  }

  @Override
  public void prepare(OperationScope scope) {
    Tensor weight = scope.operation().input(1);
    Buffer transposed = scope.scratch(TRANSPOSED_WEIGHT);
    scope.add(
        scope.rowsOfTask(
            transposed.rows(),
            k ->
                loop(
                    "j",
                    outputs,
                    j ->
                        new Store(row(transposed, k), j, load(scope.parameterRow(weight, j), k)))));
  }

  @Override
  public void lower(OperationScope scope) {
    Tensor input = scope.operation().input(0);
    Tensor output = scope.operation().output();
    int inputs = input.shape().elements();
    if (scope.step().numeric().algorithms().interleaves(inputs)) {
      interleaved(scope);
      return;
    }
    Buffer transposed = scope.scratch(TRANSPOSED_WEIGHT);
    scope.add(
        sumRows(
            scope,
            image -> startFromBias(scope, scope.rowOfGroup(output, image)),
            image -> scope.rowOfGroup(output, image),
            inputs,
            k -> row(transposed, k),
            (image, k) -> load(scope.rowOfGroup(input, image), k),
            outputs));
  }

  /** All partial sums grow side by side, so that the weight is read from end to end. */
  private void interleaved(OperationScope scope) {
    int inputs = scope.operation().input(0).shape().elements();
    int all = NumericSchedule.PARTIAL_SUMS;
    scope.add(
        eachImage(
            scope,
            image ->
                new Block(
                    List.of(
                        startFromBias(scope, partialSum(scope, image, Index.of(0))),
                        loop(
                            "partial",
                            1,
                            all,
                            partial ->
                                new Fill(
                                    partialSum(scope, image, partial), 0, outputs, Loops.ZERO))))));
    scope.add(
        tiles(
            inputs / all,
            scope.tile(),
            (first, size) ->
                loop("partial", all, partial -> addToPartialSum(scope, partial, first, size))));
    if (inputs % all > 0) {
      Index last = Index.of(inputs / all);
      scope.add(loop("partial", inputs % all, partial -> addToPartialSum(scope, partial, last, 1)));
    }
    scope.add(eachImage(scope, image -> addPartialSums(scope, image)));
  }

  private Stmt addToPartialSum(OperationScope scope, Index partial, Index first, int size) {
    Tensor input = scope.operation().input(0);
    Buffer transposed = scope.scratch(TRANSPOSED_WEIGHT);
    return addRows(
        scope,
        image -> partialSum(scope, image, partial),
        first,
        size,
        term -> row(transposed, term.times(NumericSchedule.PARTIAL_SUMS).plus(partial)),
        (image, term) ->
            load(
                scope.rowOfGroup(input, image),
                term.times(NumericSchedule.PARTIAL_SUMS).plus(partial)),
        outputs);
  }

  private static ArrayRef partialSum(OperationScope scope, Index image, Index partial) {
    return row(
        scope.scratch(PARTIAL_SUMS), image.times(NumericSchedule.PARTIAL_SUMS).plus(partial));
  }

  private Stmt addPartialSums(OperationScope scope, Index image) {
    List<Stmt> statements = new ArrayList<>();
    for (int i = 0; i < NumericSchedule.PARTIAL_SUMS; i++) {
      statements.add(new LetArray("partial" + i, partialSum(scope, image, Index.of(i))));
    }
    statements.add(
        loop(
            "j",
            outputs,
            j -> {
              int length = scope.scratch(PARTIAL_SUMS).length();
              Expr sum = InterleavedSums.sumOf(i -> load(new ArrayVar("partial" + i, length), j));
              return new Store(scope.rowOfGroup(scope.operation().output(), image), j, sum);
            }));
    return new Block(statements);
  }

  private Stmt startFromBias(OperationScope scope, ArrayRef output) {
    return Bias.row(scope)
        .<Stmt>map(biases -> new Copy(biases, Index.of(0), output, Index.of(0), outputs))
        .orElseGet(() -> new Fill(output, 0, outputs, Loops.ZERO));
  }

  void inputGradient(OperationScope scope) {
    Tensor outputGradient = scope.operation().input(0);
    Tensor weight = scope.operation().input(1);
    Tensor inputGradient = scope.operation().output();
    int length = inputGradient.shape().elements();
    scope.add(
        sumRows(
            scope,
            image -> new Fill(scope.rowOfGroup(inputGradient, image), 0, length, Loops.ZERO),
            image -> scope.rowOfGroup(inputGradient, image),
            outputs,
            j -> scope.parameterRow(weight, j),
            (image, j) -> load(scope.rowOfGroup(outputGradient, image), j),
            length));
  }

  /**
   * Rows that are the same for all images at once, each times a weight of the image. Sums grow in
   * memory, so none may be computed twice: images of a group that is not full come one by one.
   */
  private static Stmt sumRows(
      OperationScope scope,
      Function<Index, Stmt> start,
      Function<Index, ArrayRef> sum,
      int terms,
      Function<Index, ArrayRef> rowAt,
      Kernels.Weights weights,
      int length) {
    Stmt sums =
        tiles(
            terms,
            scope.tile(),
            (first, size) -> addRows(scope, sum, first, size, rowAt, weights, length));
    return new Block(List.of(eachImage(scope, start), sums));
  }

  private static Stmt addRows(
      OperationScope scope,
      Function<Index, ArrayRef> sum,
      Index first,
      int size,
      Function<Index, ArrayRef> rowAt,
      Kernels.Weights weights,
      int length) {
    int most = scope.step().imagesAtOnce(scope.operation());
    Loops.TileBody images =
        (image, sums) ->
            scope
                .kernels()
                .accumulateTile(new Sums(image, sums, sum), first, size, rowAt, weights, length);
    return most == 1 ? images.of(Index.of(0), 1) : wholeGroupOrEach(scope, most, images);
  }

  private static Stmt eachImage(OperationScope scope, Function<Index, Stmt> body) {
    int most = scope.step().imagesAtOnce(scope.operation());
    Index count = most == 1 ? Index.of(1) : scope.imagesOfGroup();
    return eachImage(Index.of(0), count, most, body);
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

  void weightGradient(OperationScope scope, GradientRows target) {
    if (scope.sumsAtOnce() == 1) {
      scope.add(scope.rowsOfTask(outputs, j -> weightGradient(scope, j, 1, target)));
      return;
    }
    scope.add(
        scope.rowTilesOfTask(
            outputs,
            (firstRow, rows) ->
                tiles(
                    "outputRow",
                    rows,
                    scope.sumsAtOnce(),
                    (first, sums) -> weightGradient(scope, firstRow.plus(first), sums, target))));
  }

  private Stmt weightGradient(OperationScope scope, Index firstRow, int rows, GradientRows target) {
    Tensor outputGradient = scope.operation().input(0);
    Tensor input = scope.operation().input(1);
    int length = input.shape().elements();
    Sums sums = new Sums(Index.of(0), rows, row -> target.row(scope, firstRow, row));
    List<Stmt> statements = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      statements.add(new Fill(target.row(scope, firstRow, Index.of(row)), 0, length, Loops.ZERO));
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
                        (row, image) ->
                            load(
                                scope.rowOfImage(outputGradient, image, Index.of(0)),
                                firstRow.plus(row)),
                        length)));
    return target.tile(scope, firstRow, rows, Loops.block(statements));
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
}
