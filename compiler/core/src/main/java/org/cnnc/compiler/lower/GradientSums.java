package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
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
              return store(RowGradient.of(uses, plane.rowLength()), scope.row(sum, channel));
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
            row ->
                store(
                    RowGradient.inBlocks(scope, partial, row), scope.parameterRow(gradient, row))));
  }

  private static Stmt store(RowGradient sum, ArrayRef target) {
    List<Stmt> statements = new ArrayList<>(sum.bound());
    statements.add(new LetArray("total", target));
    ArrayVar total = new ArrayVar("total", target.length());
    statements.add(sum.eachElement((i, element) -> new Store(total, i, element)));
    return new Block(statements);
  }
}
