package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.divide;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.Loops.max;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.Scratch.Lifetime;
import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.Tensor;

/**
 * Pooling for the vector target, where windows neither overlap nor reach into padding: each tap of
 * the window is copied to a plane of its own, so that what is done at a window is done at one index
 * of all planes, in lanes and without branches. The same results as {@link PoolLowering}.
 */
final class TapPlanesPooling implements OperatorLowering {
  private static final String TAPS = "taps";

  /** More planes would not stay in the first cache. */
  private static final int MOST_TAPS = 9;

  private final Window window;
  private final boolean maximum;

  TapPlanesPooling(Window window, boolean maximum) {
    this.window = window;
    this.maximum = maximum;
  }

  /** Whether this can lower pooling over such windows. */
  static boolean fits(Window window) {
    return window.isApart() && PoolPlaces.taps(window) <= MOST_TAPS;
  }

  private int taps() {
    return window.kernel().rows() * window.kernel().columns();
  }

  @Override
  public List<Scratch> forwardScratch(ScheduledStep step, Operation operation) {
    return scratch(step, operation.output());
  }

  @Override
  public List<Scratch> inputGradientScratch(ScheduledStep step, Operation operation) {
    return scratch(step, operation.input(0));
  }

  private List<Scratch> scratch(ScheduledStep step, Tensor output) {
    return List.of(new Scratch(TAPS, taps(), length(step, output), Lifetime.OPERATION));
  }

  /** Elements of a plane; those between the rows and in the room after the last are not used. */
  private static int length(ScheduledStep step, Tensor output) {
    return step.mechanical().roomFor(output.shape().height() * step.pitch(output));
  }

  @Override
  public void forward(OperationScope scope) {
    Tensor input = scope.operation().input(0);
    Tensor output = scope.operation().output();
    ArrayVar out = new ArrayVar("out", scope.plane(output).buffer().length());
    scope.add(
        loop(
            "channel",
            input.shape().channels(),
            channel -> {
              List<Stmt> statements = new ArrayList<>();
              statements.add(new LetArray("in", scope.row(input, channel)));
              statements.add(new LetArray("out", scope.row(output, channel)));
              statements.addAll(nameTaps(scope));
              statements.add(spread(scope, input, output));
              statements.add(
                  loop(
                      "i", length(scope.step(), output), i -> new Store(out, i, result(scope, i))));
              if (PoolPlaces.areWanted(scope)) {
                statements.add(new LetArray("places", scope.row(PoolPlaces.of(scope), channel)));
                statements.add(loop("i", length(scope.step(), output), i -> place(scope, out, i)));
              }
              return new Block(statements);
            }));
  }

  /** The same choice as that of {@link PoolPlaces}. */
  private Stmt place(OperationScope scope, ArrayVar out, Index i) {
    Locals locals = new Locals();
    ArrayVar places = new ArrayVar("places", scope.plane(PoolPlaces.of(scope)).buffer().length());
    Expr best = locals.let("best", load(out, i));
    Expr place = new IndexBits(Index.of(taps() - 1));
    for (int t = taps() - 2; t >= 0; t--) {
      Expr value = locals.let("value" + t, load(tap(scope, t), i));
      place = locals.let("place" + t, whereBest(value, best, new IndexBits(Index.of(t)), place));
    }
    return locals.finish(new Store(places, i, place));
  }

  private Expr result(OperationScope scope, Index i) {
    Expr value = maximum ? load(tap(scope, 0), i) : Loops.ZERO;
    for (int t = maximum ? 1 : 0; t < taps(); t++) {
      Expr element = load(tap(scope, t), i);
      value = maximum ? max(value, element) : add(value, element);
    }
    return maximum ? value : divide(value, new Const(taps()));
  }

  @Override
  public void inputGradient(OperationScope scope) {
    Tensor outputGradient = scope.operation().input(0);
    Tensor inputGradient = scope.operation().output();
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
              statements.addAll(nameTaps(scope));
              if (maximum) {
                statements.add(spread(scope, scope.operation().input(1), outputGradient));
              }
              statements.add(
                  loop("i", length(scope.step(), outputGradient), i -> gradients(scope, i)));
              statements.add(new Fill(dIn, 0, scope.plane(inputGradient).rowLength(), Loops.ZERO));
              statements.add(collect(scope, inputGradient, outputGradient));
              return new Block(statements);
            }));
  }

  /** The gradient of each tap of one window takes the tap's place. */
  private Stmt gradients(OperationScope scope, Index i) {
    Locals locals = new Locals();
    Tensor outputGradient = scope.operation().input(0);
    ArrayVar dOut = new ArrayVar("dOut", scope.plane(outputGradient).buffer().length());
    if (!maximum) {
      Expr share = locals.let("share", divide(load(dOut, i), new Const(taps())));
      return storeAll(scope, locals, i, t -> share);
    }
    ArrayVar out = new ArrayVar("out", scope.plane(scope.operation().input(2)).buffer().length());
    Expr best = locals.let("best", load(out, i));
    List<Expr> gradients = new ArrayList<>();
    Expr left = locals.let("left", load(dOut, i));
    for (int t = 0; t < taps(); t++) {
      Expr value = locals.let("value" + t, load(tap(scope, t), i));
      gradients.add(whereBest(value, best, left, Loops.ZERO));
      if (t + 1 < taps()) {
        left = locals.let("left" + t, whereBest(value, best, Loops.ZERO, left));
      }
    }
    return storeAll(scope, locals, i, gradients::get);
  }

  /** Added to zero, as where windows overlap: of -0 that makes +0. */
  private Stmt storeAll(
      OperationScope scope, Locals locals, Index i, Function<Integer, Expr> gradient) {
    List<Stmt> stores = new ArrayList<>();
    for (int t = 0; t < taps(); t++) {
      stores.add(new Store(tap(scope, t), i, add(Loops.ZERO, gradient.apply(t))));
    }
    return locals.finish(new Block(stores));
  }

  private static Expr whereBest(Expr value, Expr best, Expr whenTrue, Expr whenFalse) {
    return new Select(Select.Comparison.EQUAL, value, best, whenTrue, whenFalse);
  }

  private List<Stmt> nameTaps(OperationScope scope) {
    List<Stmt> names = new ArrayList<>();
    for (int t = 0; t < taps(); t++) {
      names.add(new LetArray("tap" + t, row(scope.scratch(TAPS), Index.of(t))));
    }
    return names;
  }

  private static ArrayVar tap(OperationScope scope, int number) {
    return new ArrayVar("tap" + number, scope.scratch(TAPS).length());
  }

  private interface TapBody {
    Stmt of(ArrayRef tap, Index place, Index inputPlace);
  }

  private Stmt spread(OperationScope scope, Tensor input, Tensor output) {
    ArrayVar in = new ArrayVar("in", scope.plane(input).buffer().length());
    return eachTap(
        scope,
        input,
        output,
        (tap, place, inputPlace) -> new Store(tap, place, load(in, inputPlace)));
  }

  private Stmt collect(OperationScope scope, Tensor inputGradient, Tensor outputGradient) {
    ArrayVar dIn = new ArrayVar("dIn", scope.plane(inputGradient).buffer().length());
    return eachTap(
        scope,
        inputGradient,
        outputGradient,
        (tap, place, inputPlace) -> new Store(dIn, inputPlace, load(tap, place)));
  }

  private Stmt eachTap(OperationScope scope, Tensor input, Tensor output, TapBody body) {
    TensorShape shape = output.shape();
    int pitch = scope.step().pitch(input);
    int outputPitch = scope.step().pitch(output);
    return loop(
        "y",
        shape.height(),
        y ->
            loop(
                "x",
                shape.width(),
                x -> {
                  Index corner =
                      y.times(window.stride().rows() * pitch)
                          .plus(x.times(window.stride().columns()));
                  List<Stmt> all = new ArrayList<>();
                  for (int t = 0; t < taps(); t++) {
                    int columns = window.kernel().columns();
                    int offset = t / columns * pitch + t % columns;
                    all.add(
                        body.of(tap(scope, t), y.times(outputPitch).plus(x), corner.plus(offset)));
                  }
                  return new Block(all);
                }));
  }
}
