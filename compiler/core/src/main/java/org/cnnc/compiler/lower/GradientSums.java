package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.memory.ParameterPlace;
import org.cnnc.compiler.memory.PartialSums;
import org.cnnc.compiler.memory.Plane;
import org.cnnc.compiler.train.Tensor;

/** Sums of gradients: of the uses of a value, and of a parameter over blocks of images. */
final class GradientSums {
  private GradientSums() {}

  /** {@code sum = use0 + use1 + ...}, for the image at hand. */
  static void accumulate(OperationScope scope) {
    Tensor sum = scope.operation().output();
    Plane plane = scope.plane(sum);
    scope.add(
        loop(
            "channel",
            plane.rowsPerImage(),
            channel -> {
              List<ArrayRef> uses = new ArrayList<>();
              scope.operation().inputs().forEach(use -> uses.add(scope.row(use, channel)));
              return sumOfRows(uses, scope.row(sum, channel), plane.rowLength());
            }));
  }

  /** Sets the sums of the block at hand to zero. */
  static void clearBlock(OperationScope scope, Tensor gradient) {
    int rows = ParameterPlace.rows(gradient.dims());
    int length = scope.blockGradientRow(gradient, Index.of(0)).length();
    scope.add(
        loop(
            "row",
            rows,
            row -> new Fill(scope.blockGradientRow(gradient, row), 0, length, Loops.ZERO)));
  }

  /** Adds the sums of all blocks, in the order of the images, for the rows of the task at hand. */
  static void combineBlocks(OperationScope scope, Tensor gradient, PartialSums partial) {
    scope.add(
        scope.rowsOfTask(
            partial.rows(),
            row -> {
              List<ArrayRef> parts = blocks(scope, partial, row);
              ArrayRef sum = scope.parameterRow(gradient, row);
              return partial.pieces() == 1
                  ? sumOfRows(parts, sum, partial.pieceLength())
                  : sumOfPieces(parts, sum, partial);
            }));
  }

  /** A row in all blocks, in order. */
  static List<ArrayRef> blocks(OperationScope scope, PartialSums partial, Index row) {
    List<ArrayRef> parts = new ArrayList<>();
    for (int b = 0; b < scope.step().numeric().imageBlocks(); b++) {
      parts.add(row(partial.buffer(), row.plus(b * partial.rows())));
    }
    return parts;
  }

  private static Stmt sumOfPieces(List<ArrayRef> rows, ArrayRef target, PartialSums partial) {
    return sumOf(
        rows,
        target,
        (parts, sum) ->
            loop(
                "piece",
                partial.pieces(),
                piece ->
                    loop(
                        "i",
                        partial.pieceLength(),
                        i ->
                            new Store(
                                sum,
                                piece.times(partial.pieceLength()).plus(i),
                                sumAt(parts, piece.times(partial.piecePitch()).plus(i))))));
  }

  private static Stmt sumOfRows(List<ArrayRef> rows, ArrayRef target, int length) {
    return sumOf(
        rows, target, (parts, sum) -> loop("i", length, i -> new Store(sum, i, sumAt(parts, i))));
  }

  private static Stmt sumOf(
      List<ArrayRef> rows, ArrayRef target, BiFunction<List<ArrayVar>, ArrayVar, Stmt> loops) {
    List<Stmt> statements = new ArrayList<>();
    List<ArrayVar> parts = new ArrayList<>();
    for (ArrayRef row : rows) {
      ArrayVar part = new ArrayVar("part" + parts.size(), row.length());
      statements.add(new LetArray(part.name(), row));
      parts.add(part);
    }
    ArrayVar sum = new ArrayVar("total", target.length());
    statements.add(new LetArray(sum.name(), target));
    statements.add(loops.apply(parts, sum));
    return new Block(statements);
  }

  /** The sum of what some arrays have at a place, from the first to the last. */
  static Expr sumAt(List<ArrayVar> parts, Index place) {
    Expr value = load(parts.get(0), place);
    for (ArrayVar part : parts.subList(1, parts.size())) {
      value = add(value, load(part, place));
    }
    return value;
  }
}
