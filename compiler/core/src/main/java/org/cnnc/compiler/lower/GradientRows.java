package org.cnnc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.memory.ParameterPlace;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Computation;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * Where the gradient of a parameter goes that is summed row by row, some rows at a time: to be
 * stored as a whole, or to scratch memory of a tile of rows (of 2,000 floats each, it fits into the
 * nearest cache), from where the optimizer takes them before the next tile is summed.
 */
interface GradientRows {
  /**
   * The row that a gradient is summed in.
   *
   * @param first row of the tile at hand
   * @param row in that tile
   */
  ArrayRef row(OperationScope scope, Index first, Index row);

  /** The loops of a tile of rows, and what is done with it once it is complete. */
  Stmt tile(OperationScope scope, Index first, int rows, Stmt sums);

  /** As the operation at hand says, for one of its layer's parameters, by position. */
  static GradientRows of(OperationScope scope, int parameter) {
    Operation operation = scope.operation();
    return operation.computation() instanceof Computation.GradientUpdate update
        ? new Updated(
            new UpdateLowering.Changed(update.optimizer(), update.changed(operation, parameter)),
            name(parameter))
        : new Stored(operation.outputs().get(parameter));
  }

  /** The scratch memory of an operation whose gradients are not stored. */
  static List<Scratch> scratch(
      ScheduledStep step, Operation operation, Computation.GradientUpdate update) {
    List<Scratch> needs = new ArrayList<>();
    for (int i = 0; i < update.parameters(operation); i++) {
      Tensor parameter = update.changed(operation, i).get(0);
      int rows = step.mechanical().rowsTogether(ParameterPlace.rows(parameter.dims()));
      int length = ParameterPlace.rowLength(parameter.dims());
      needs.add(new Scratch(name(i), rows, length, Lifetime.OPERATION));
    }
    return needs;
  }

  private static String name(int parameter) {
    return "gradient" + parameter;
  }

  /** Each row in its place. */
  record Stored(Tensor gradient) implements GradientRows {
    @Override
    public ArrayRef row(OperationScope scope, Index first, Index row) {
      return scope.parameterRow(gradient, first.plus(row));
    }

    @Override
    public Stmt tile(OperationScope scope, Index first, int rows, Stmt sums) {
      return sums;
    }
  }

  /** The rows of one tile only; each tile is used up before the next one. */
  record Updated(UpdateLowering.Changed changed, String scratch) implements GradientRows {
    @Override
    public ArrayRef row(OperationScope scope, Index first, Index row) {
      return OperationScope.row(scope.scratch(scratch), row);
    }

    @Override
    public Stmt tile(OperationScope scope, Index first, int rows, Stmt sums) {
      Stmt updates =
          scope.inFunction(
              "update" + rows + "_of_" + changed.parameter().name(),
              "Optimizer step of " + rows + " rows.",
              first,
              (inner, row) -> changed.rows(inner, row, rows, inner.scratch(scratch)));
      return new Block(List.of(sums, updates));
    }
  }
}
