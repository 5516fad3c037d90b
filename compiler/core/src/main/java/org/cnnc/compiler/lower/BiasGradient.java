package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.train.Tensor;

/** The gradient of a bias: the sum of the output's gradient. */
final class BiasGradient {
  /** Enough to hide how long an addition takes; the registers hold them. */
  private static final int SUMS_AT_ONCE = 8;

  private BiasGradient() {}

  /**
   * Adds the gradient of each channel of the image at hand, row by row, to the block's sums.
   * Several channels at once: each sum waits for its last addition, so they take turns.
   */
  static Stmt ofChannels(OperationScope scope, Tensor outputGradient, Tensor biasGradient) {
    TensorShape shape = outputGradient.shape();
    ArrayRef sums = scope.blockGradientRow(biasGradient, Index.of(0));
    return scope.tilesOfPart(
        shape.channels(),
        SUMS_AT_ONCE,
        (first, size) -> {
          List<Stmt> statements = new ArrayList<>();
          List<Stmt> additions = new ArrayList<>();
          List<Stmt> stores = new ArrayList<>();
          for (int t = 0; t < size; t++) {
            Index channel = first.plus(t);
            ArrayRef row = scope.row(outputGradient, channel);
            statements.add(new LetArray("row" + t, row));
            statements.add(new Let("sum" + t, load(sums, channel)));
            stores.add(new Store(sums, channel, new Var("sum" + t, ValueType.SCALAR)));
          }
          Stmt loops =
              loop(
                  "y",
                  shape.height(),
                  y ->
                      loop(
                          "x",
                          shape.width(),
                          x -> {
                            Index place = y.times(scope.step().pitch(outputGradient)).plus(x);
                            additions.clear();
                            for (int t = 0; t < size; t++) {
                              ArrayVar row =
                                  new ArrayVar(
                                      "row" + t, scope.plane(outputGradient).buffer().length());
                              additions.add(
                                  new Assign(
                                      "sum" + t,
                                      add(new Var("sum" + t, ValueType.SCALAR), load(row, place))));
                            }
                            return new Block(additions);
                          }));
          statements.add(loops);
          statements.addAll(stores);
          return new Block(statements);
        });
  }
}
