package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.lower.VectorTile.Scalars;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.RowSpans;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * The gradients of a layer from vector to vector, for the vector target: its inputs are the lanes.
 * Sums of several images, or of several outputs, stay in registers, so that what is loaded of the
 * weight, or of the inputs, serves them all.
 *
 * @param inputs of the layer
 * @param outputs of the layer
 */
record InputLanes(int inputs, int outputs) {
  /**
   * A weight of more floats is read from end to end: a core's own cache does not hold it beside the
   * image, pieces of rows that lie far apart would come one by one, and nothing would fetch them
   * ahead.
   */
  private static final int LARGEST_IN_PIECES = 128 * 1024;

  /** Whether the inputs fill a vector; else there are lanes that a row has no room for. */
  boolean fit() {
    return RowSpans.fit(inputs);
  }

  /** Whether the gradient of the inputs is computed in the lanes of short stretches. */
  boolean fitInputGradient() {
    return fit() && (long) inputs * outputs <= LARGEST_IN_PIECES;
  }

  /** What the gradient of the inputs of a group of images takes. */
  KernelWork inputGradientWork(ScheduledStep step, Operation operation) {
    int images = step.imagesAtOnce(operation);
    return work(Axes.overImages("outputs", "inputs"), images, outputs, 1, images);
  }

  /** What the gradient of the weight takes. */
  KernelWork weightGradientWork(ScheduledStep step) {
    int batch = step.graph().batch();
    int rows = step.mechanical().rowsTogether(outputs);
    int repeats = (outputs + rows - 1) / rows;
    return work(Axes.ofImages("outputs", "inputs"), rows, batch, repeats, batch);
  }

  private KernelWork work(Axes axes, int sums, int terms, int repeats, int images) {
    long multiplyAdds = Math.multiplyExact(Math.multiplyExact((long) inputs, outputs), images);
    return new KernelWork(
        Form.REGISTERS, axes, sums, terms, inputs, repeats, multiplyAdds, Copies.NONE, images);
  }

  /** The gradient of the inputs of a group of images, the weight's rows as vectors. */
  void inputGradient(OperationScope scope) {
    int images = scope.step().imagesAtOnce(scope.operation());
    scope.add(
        Loops.tiles(
            images,
            scope.tile(),
            (first, size) ->
                scope.inFunction(
                    "images" + size,
                    size + " images at once, inputs in lanes.",
                    first,
                    (inner, image) -> inner.add(inputGradient(inner, image, size)))));
  }

  private Stmt inputGradient(OperationScope scope, Index first, int size) {
    Tensor outputGradient = scope.operation().input(0);
    Tensor weight = scope.operation().input(1);
    Tensor inputGradient = scope.operation().output();
    IndexVar output = new IndexVar("j", 0, outputs - 1);
    return sums(
        scope,
        size,
        round -> Loops.loop(output, Index.of(0), Index.of(outputs), j -> round.at(Index.of(0), j)),
        scope.parameterRow(weight, output),
        Scalars.ofArrays(image -> scope.rowOfGroup(outputGradient, first.plus(image))),
        image -> scope.rowOfGroup(inputGradient, first.plus(image)));
  }

  /** The gradient of the weight over all images, the inputs of an image as vectors. */
  void weightGradient(OperationScope scope, GradientRows target) {
    scope.add(
        scope.rowTilesOfTask(
            outputs,
            (firstRow, rows) ->
                Loops.tiles(
                    rows,
                    scope.tile(),
                    (first, size) ->
                        target.tile(
                            scope,
                            firstRow.plus(first),
                            size,
                            weightGradient(scope, firstRow.plus(first), size, target)))));
  }

  private Stmt weightGradient(OperationScope scope, Index firstRow, int size, GradientRows target) {
    return scope.inFunction(
        "outputs" + size,
        size + " outputs at once, inputs in lanes.",
        firstRow,
        (inner, row) -> inner.add(sumsOfOutputs(inner, row, size, target)));
  }

  private Stmt sumsOfOutputs(OperationScope scope, Index first, int size, GradientRows target) {
    Tensor outputGradient = scope.operation().input(0);
    Tensor input = scope.operation().input(1);
    IndexVar image = new IndexVar("imageIndex", 0, scope.step().graph().batch() - 1);
    return sums(
        scope,
        size,
        round ->
            Loops.loop(image, Index.of(0), scope.images(), i -> round.at(Index.of(0), Index.of(0))),
        scope.rowOfImage(input, image, Index.of(0)),
        (row, term) -> load(scope.rowOfImage(outputGradient, image, Index.of(0)), first.plus(row)),
        row -> target.row(scope, first, Index.of(row)));
  }

  private Stmt sums(
      OperationScope scope,
      int size,
      Rounds rounds,
      ArrayRef vectors,
      Scalars scalars,
      IntFunction<ArrayRef> target) {
    List<Stmt> statements = new ArrayList<>();
    for (RowSpans span : RowSpans.of(inputs, scope.step().choice(scope.operation()).vectors())) {
      statements.add(
          loop(
              "span",
              span.count(),
              number -> {
                Index start = number.times(span.pieces().room()).plus(span.start());
                VectorTile tile =
                    new VectorTile(size, span.pieces(), rounds, vectors, start, scalars);
                return tile.loops(sum -> new Broadcast(Loops.ZERO), start, target::apply);
              }));
    }
    return Loops.block(statements);
  }
}
