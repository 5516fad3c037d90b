package org.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.Activation.LeakyRelu;
import org.cnnc.compiler.graph.op.Activation.Relu;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.loop.RuntimeIntrinsics;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.junit.jupiter.api.Test;

/** All windows of four elements that are special or ordinary. */
class LargestActivatedTest {
  private static final float[] VALUES = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f, Float.MIN_VALUE, 1, -1
  };

  private static final int ELEMENTS = 4;
  private static final int WINDOWS = (int) Math.pow(VALUES.length, ELEMENTS);
  private static final float SLOPE = 0.25f;

  private static final Buffer IN = new Buffer("in", Buffer.Scope.SHARED, ELEMENTS, WINDOWS);
  private static final Buffer BEST = new Buffer("best", Buffer.Scope.SHARED, 1, WINDOWS);
  private static final Buffer PLACE = new Buffer("place", Buffer.Scope.SHARED, 1, WINDOWS);

  /** What an activation makes of one element. */
  private interface Function {
    float of(float x);
  }

  @Test
  void ofARectifier() {
    check(Optional.of(new Relu()), x -> Math.max(x, 0));
  }

  @Test
  void ofAnotherActivation() {
    check(Optional.of(new LeakyRelu(SLOPE)), x -> x > 0 ? x : SLOPE * x);
  }

  @Test
  void ofNone() {
    check(Optional.empty(), x -> x);
  }

  /** The largest is that of {@code Math.max}, the place the first that is equal, or the last. */
  private static void check(Optional<Activation> activation, Function function) {
    LoopInterpreter interpreter =
        LoopInterpreter.inFloat(program(activation), ELEMENTS, RuntimeIntrinsics.ALL);
    float[][] in = interpreter.rows(IN.name());
    for (int w = 0; w < WINDOWS; w++) {
      for (int p = 0, rest = w; p < ELEMENTS; p++, rest /= VALUES.length) {
        in[p][w] = VALUES[rest % VALUES.length];
      }
    }
    interpreter.runStep(1);
    for (int w = 0; w < WINDOWS; w++) {
      float best = function.of(in[0][w]);
      for (int p = 1; p < ELEMENTS; p++) {
        best = Math.max(best, function.of(in[p][w]));
      }
      int place = 0;
      while (place < ELEMENTS - 1 && function.of(in[place][w]) != best) {
        place++;
      }
      String window = in[0][w] + ", " + in[1][w] + ", " + in[2][w] + ", " + in[3][w];
      assertThat(Float.floatToIntBits(interpreter.rows(BEST.name())[0][w]))
          .as(window)
          .isEqualTo(Float.floatToIntBits(best));
      assertThat(Float.floatToRawIntBits(interpreter.rows(PLACE.name())[0][w]))
          .as(window)
          .isEqualTo(place);
    }
  }

  private static LoopProgram program(Optional<Activation> activation) {
    LoopFunction work =
        new LoopFunction(
            "work",
            List.of(
                new Parameter.Integer(new IndexVar("task", 0, 0)),
                new Parameter.Integer(new IndexVar("n", 1, 1))),
            Block.of(loop("w", WINDOWS, w -> window(activation, w))),
            "the work",
            0);
    return new LoopProgram(
        "test", 1, List.of(IN, BEST, PLACE), List.of(work), List.of(new Phase("all", "work", 1)));
  }

  private static Stmt window(Optional<Activation> activation, Index w) {
    Locals locals = new Locals();
    List<Expr> elements = new ArrayList<>();
    for (int p = 0; p < ELEMENTS; p++) {
      elements.add(locals.let("element" + p, load(row(IN, Index.of(p)), w)));
    }
    LargestActivated largest = LargestActivated.of(locals, activation, elements);
    locals.add(new Store(row(BEST, Index.of(0)), w, largest.best()));
    Expr place = largest.place(locals);
    return locals.finish(new Store(row(PLACE, Index.of(0)), w, place));
  }
}
