package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.divide;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.max;
import static org.cnnc.compiler.lower.OperationScope.load;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.train.Tensor;

/**
 * Max and average pooling, channel by channel: {@code y = max of the window}, {@code y = sum of the
 * window / taps of the kernel}.
 *
 * <p>The gradient of a maximum goes to the first tap equal to it; none goes anywhere when the
 * maximum is NaN. (Where places are stored, {@link PoolPlaces} says where it goes.) The gradient of
 * an average goes to each tap in equal parts. Where windows overlap, gradients are added in the
 * order of the windows.
 */
final class PoolLowering implements OperatorLowering {
  private final Window window;
  private final boolean maximum;

  PoolLowering(Window window, boolean maximum) {
    this.window = window;
    this.maximum = maximum;
  }

  @Override
  public void forward(OperationScope scope) {
    Tensor input = scope.operation().input(0);
    Tensor output = scope.operation().output();
    ArrayVar in = new ArrayVar("in", scope.plane(input).buffer().length());
    ArrayVar out = new ArrayVar("out", scope.plane(output).buffer().length());
    scope.add(
        loop(
            "channel",
            input.shape().channels(),
            channel -> {
              List<Stmt> statements = new ArrayList<>();
              statements.add(new LetArray("in", scope.row(input, channel)));
              statements.add(new LetArray("out", scope.row(output, channel)));
              statements.add(
                  windows(scope, input, output)
                      .each(
                          (place, taps) ->
                              maximum
                                  ? maximumOf(in, out, place, taps)
                                  : averageOf(in, out, place, taps)));
              if (PoolPlaces.areWanted(scope)) {
                statements.add(PoolPlaces.find(scope, window, channel, in, out));
              }
              return new Block(statements);
            }));
  }

  private PoolWindows windows(OperationScope scope, Tensor input, Tensor output) {
    return new PoolWindows(
        window,
        input.shape(),
        output.shape(),
        scope.step().pitch(input),
        scope.step().pitch(output),
        scope.step().mechanical().unrolledTaps());
  }

  private static Stmt maximumOf(ArrayRef in, ArrayRef out, Index place, PoolWindows.Taps taps) {
    Var best = new Var("best", ValueType.SCALAR);
    return new Block(
        List.of(
            new Let("best", load(in, taps.first())),
            taps.rest(tap -> new Assign("best", max(best, load(in, tap)))),
            new Store(out, place, best)));
  }

  private Stmt averageOf(ArrayRef in, ArrayRef out, Index place, PoolWindows.Taps taps) {
    Var sum = new Var("sum", ValueType.SCALAR);
    return new Block(
        List.of(
            new Let("sum", Loops.ZERO),
            taps.each(tap -> new Assign("sum", add(sum, load(in, tap)))),
            new Store(out, place, divide(sum, tapsOfKernel()))));
  }

  private Expr tapsOfKernel() {
    return new Const(window.kernel().rows() * window.kernel().columns());
  }

  @Override
  public void inputGradient(OperationScope scope) {
    Tensor outputGradient = scope.operation().input(0);
    Tensor inputGradient = scope.operation().output();
    ArrayVar dOut = new ArrayVar("dOut", scope.plane(outputGradient).buffer().length());
    ArrayVar dIn = new ArrayVar("dIn", scope.plane(inputGradient).buffer().length());
    scope.add(
        loop(
            "channel",
            inputGradient.shape().channels(),
            channel -> {
              List<Stmt> statements = new ArrayList<>();
              if (maximum) {
                statements.add(new LetArray("in", scope.row(scope.operation().input(1), channel)));
                statements.add(new LetArray("out", scope.row(scope.operation().input(2), channel)));
              }
              statements.add(new LetArray("dOut", scope.row(outputGradient, channel)));
              statements.add(new LetArray("dIn", scope.row(inputGradient, channel)));
              statements.add(new Fill(dIn, 0, scope.plane(inputGradient).rowLength(), Loops.ZERO));
              statements.add(
                  windows(scope, inputGradient, outputGradient)
                      .each(
                          (place, taps) ->
                              maximum
                                  ? toFirstMaximum(scope, dOut, dIn, place, taps)
                                  : toEachTap(dOut, dIn, place, taps)));
              return new Block(statements);
            }));
  }

  private static Stmt toFirstMaximum(
      OperationScope scope, ArrayRef dOut, ArrayRef dIn, Index place, PoolWindows.Taps taps) {
    ArrayVar in = new ArrayVar("in", scope.plane(scope.operation().input(1)).buffer().length());
    ArrayVar out = new ArrayVar("out", scope.plane(scope.operation().input(2)).buffer().length());
    Var best = new Var("best", ValueType.SCALAR);
    Var left = new Var("left", ValueType.SCALAR);
    return new Block(
        List.of(
            new Let("best", load(out, place)),
            new Let("left", load(dOut, place)),
            taps.each(
                tap -> {
                  Expr value = load(in, tap);
                  Expr gradient = add(load(dIn, tap), whereBest(value, best, left, Loops.ZERO));
                  return new Block(
                      List.of(
                          new Store(dIn, tap, gradient),
                          new Assign("left", whereBest(value, best, Loops.ZERO, left))));
                })));
  }

  /** {@code value == best ? whenTrue : whenFalse}. */
  private static Expr whereBest(Expr value, Var best, Expr whenTrue, Expr whenFalse) {
    return new Select(Select.Comparison.EQUAL, value, best, whenTrue, whenFalse);
  }

  private Stmt toEachTap(ArrayRef dOut, ArrayRef dIn, Index place, PoolWindows.Taps taps) {
    Var share = new Var("share", ValueType.SCALAR);
    return new Block(
        List.of(
            new Let("share", divide(load(dOut, place), tapsOfKernel())),
            taps.each(tap -> new Store(dIn, tap, add(load(dIn, tap), share)))));
  }
}
