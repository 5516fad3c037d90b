package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.train.Tensor;

/**
 * Where in its window a max pool found the largest element: the first that is equal to the maximum,
 * the last of the window if none is (the maximum is NaN), as {@code row * columns + column}. The
 * windows are apart.
 */
final class PoolPlaces {
  private PoolPlaces() {}

  /** Whether the pool at hand is asked for places. */
  static boolean areWanted(OperationScope scope) {
    return scope.operation().outputs().size() > 1;
  }

  static Tensor of(OperationScope scope) {
    return scope.operation().outputs().get(1);
  }

  static int taps(Window window) {
    return Math.multiplyExact(window.kernel().rows(), window.kernel().columns());
  }

  /** Finds the places of a channel, once the maxima are there, by comparing again. */
  static Stmt find(OperationScope scope, Window window, Index channel, ArrayVar in, ArrayVar out) {
    Tensor input = scope.operation().input(0);
    Tensor output = scope.operation().output();
    int pitch = scope.step().pitch(input);
    int outputPitch = scope.step().pitch(output);
    ArrayVar places = new ArrayVar("places", scope.plane(of(scope)).buffer().length());
    return new Block(
        List.of(
            new LetArray("places", scope.row(of(scope), channel)),
            loop(
                "y",
                output.shape().height(),
                y ->
                    loop(
                        "x",
                        output.shape().width(),
                        x -> {
                          Index corner =
                              y.times(window.stride().rows() * pitch)
                                  .plus(x.times(window.stride().columns()));
                          Index at = y.times(outputPitch).plus(x);
                          return findOne(
                              scope, window, in, corner, load(out, at), pitch, places, at);
                        }))));
  }

  /** Compares backwards, so that the first of equal elements is the one that stays. */
  private static Stmt findOne(
      OperationScope scope,
      Window window,
      ArrayVar in,
      Index corner,
      Expr maximum,
      int pitch,
      ArrayVar places,
      Index at) {
    int rows = window.kernel().rows();
    int columns = window.kernel().columns();
    Var best = new Var("best", ValueType.SCALAR);
    Var place = new Var("place", ValueType.SCALAR);
    List<Stmt> statements = new ArrayList<>();
    statements.add(new Let("best", maximum));
    statements.add(new Let("place", new IndexBits(Index.of(taps(window) - 1))));
    if (taps(window) <= scope.step().mechanical().unrolledTaps()) {
      for (int t = taps(window) - 2; t >= 0; t--) {
        Expr value = load(in, corner.plus(t / columns * pitch + t % columns));
        statements.add(
            new Assign("place", whereEqual(value, best, new IndexBits(Index.of(t)), place)));
      }
    } else {
      statements.add(
          loop(
              "kernelRow",
              rows,
              r ->
                  loop(
                      "kernelColumn",
                      columns,
                      c -> {
                        Index row = r.times(-1).plus(rows - 1);
                        Index column = c.times(-1).plus(columns - 1);
                        Expr value = load(in, corner.plus(row.times(pitch)).plus(column));
                        Expr tap = new IndexBits(row.times(columns).plus(column));
                        return new Assign("place", whereEqual(value, best, tap, place));
                      })));
    }
    statements.add(new Store(places, at, place));
    return new Block(statements);
  }

  private static Expr whereEqual(Expr value, Expr best, Expr whenTrue, Expr whenFalse) {
    return new Select(Select.Comparison.EQUAL, value, best, whenTrue, whenFalse);
  }
}
