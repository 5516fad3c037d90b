package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.memory.Plane;
import org.cnnc.compiler.train.Tensor;

/**
 * {@code y = f(x)} and {@code dx = f'(x) dy}, element by element. Values and gradients have the
 * same layout, so each row is one loop, over what lies between image rows, too.
 */
final class ActivationLowering implements OperatorLowering {
  private final ActivationFormula formula;

  ActivationLowering(Activation function) {
    this.formula = ActivationFormula.of(function);
  }

  @Override
  public void forward(OperationScope scope) {
    Tensor x = scope.operation().input(0);
    Tensor y = scope.operation().output();
    scope.add(
        eachRow(
            scope,
            scope.plane(y),
            channel ->
                List.of(
                    new LetArray("in", scope.row(x, channel)),
                    new LetArray("out", scope.row(y, channel))),
            (locals, i) -> {
              Expr value = locals.let("value", element("in", scope.plane(x), i));
              return locals.finish(store("out", scope.plane(y), i, formula.value(locals, value)));
            }));
  }

  @Override
  public void inputGradient(OperationScope scope) {
    Tensor dy = scope.operation().input(0);
    Tensor known = scope.operation().input(1);
    Tensor dx = scope.operation().output();
    scope.add(
        eachRow(
            scope,
            scope.plane(dx),
            channel ->
                List.of(
                    new LetArray("known", scope.row(known, channel)),
                    new LetArray("dOut", scope.row(dy, channel)),
                    new LetArray("dIn", scope.row(dx, channel))),
            (locals, i) -> {
              Expr value = locals.let("value", element("known", scope.plane(known), i));
              Expr upstream = locals.let("gradient", element("dOut", scope.plane(dy), i));
              return locals.finish(
                  store("dIn", scope.plane(dx), i, formula.gradient(locals, value, upstream)));
            }));
  }

  private interface RowArrays {
    List<Stmt> of(Index channel);
  }

  private interface ElementBody {
    Stmt of(Locals locals, Index i);
  }

  private static Stmt eachRow(
      OperationScope scope, Plane plane, RowArrays arrays, ElementBody body) {
    int length = scope.step().mechanical().roomFor(plane.rowLength());
    return loop(
        "channel",
        plane.rowsPerImage(),
        channel -> {
          List<Stmt> statements = new ArrayList<>(arrays.of(channel));
          statements.add(loop("i", length, i -> body.of(new Locals(), i)));
          return new Block(statements);
        });
  }

  private static Expr element(String array, Plane plane, Index i) {
    return OperationScope.load(new ArrayVar(array, plane.buffer().length()), i);
  }

  private static Stmt store(String array, Plane plane, Index i, Expr value) {
    return new Store(new ArrayVar(array, plane.buffer().length()), i, value);
  }
}
