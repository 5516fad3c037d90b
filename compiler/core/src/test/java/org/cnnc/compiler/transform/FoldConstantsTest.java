package org.cnnc.compiler.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.transform.PassPrograms.OUT_ROW;
import static org.cnnc.compiler.transform.PassPrograms.bodyOf;
import static org.cnnc.compiler.transform.PassPrograms.constant;
import static org.cnnc.compiler.transform.PassPrograms.in;

import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.RuntimeIntrinsics;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.Unary;
import org.junit.jupiter.api.Test;

class FoldConstantsTest {
  private static final float[] TELLING = {
    0f,
    -0f,
    1f,
    -1f,
    1.1f,
    -3.3f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    1e-30f,
    -1e-30f
  };
  private static final IndexVar I = new IndexVar("i", 0, TELLING.length - 1);
  private static final Expr X = in(I);
  private static final Expr Y = in(I.plus(TELLING.length));

  private static LoopProgram storing(Expr value) {
    return PassPrograms.of(For.serial(I, Index.of(TELLING.length), new Store(OUT_ROW, I, value)));
  }

  /** Folds, and compares over all pairs of telling values. */
  private static String fold(Expr value) {
    LoopProgram before = storing(value);
    LoopProgram after = SameMeaning.apply(new FoldConstants(), before);
    for (float y : TELLING) {
      assertThat(run(after, y)).isEqualTo(run(before, y));
    }
    String line = bodyOf(after).strip();
    return line.substring(line.indexOf("] = ") + 4)
        .replace("in[i]", "x")
        .replace("in[i + 14]", "y");
  }

  private static int[] run(LoopProgram program, float y) {
    LoopInterpreter interpreter = LoopInterpreter.inFloat(program, 4, RuntimeIntrinsics.ALL);
    float[] input = interpreter.rows("in")[0];
    int[] bits = new int[TELLING.length];
    for (int i = 0; i < TELLING.length; i++) {
      input[i] = TELLING[i];
      input[TELLING.length + i] = y;
    }
    interpreter.runStep(1);
    for (int i = 0; i < TELLING.length; i++) {
      bits[i] = Float.floatToIntBits(interpreter.rows("out")[0][i]);
    }
    return bits;
  }

  private static Expr binary(Binary.Op op, Expr left, Expr right) {
    return new Binary(op, left, right);
  }

  @Test
  void constantsAreComputedInSinglePrecision() {
    assertThat(fold(binary(Binary.Op.DIVIDE, constant(1), constant(3)))).isEqualTo("0.33333334");
    assertThat(fold(new Fma(constant(2), constant(3), constant(1)))).isEqualTo("7.0");
    assertThat(fold(new Unary(Unary.Op.SQRT, constant(2)))).isEqualTo("1.4142135");
    assertThat(fold(new Unary(Unary.Op.NEGATE, constant(0)))).isEqualTo("-0.0");
    assertThat(fold(binary(Binary.Op.MAX, constant(-0f), constant(0)))).isEqualTo("0.0");
    assertThat(fold(new IndexToFloat(Index.of(7)))).isEqualTo("7.0");
    assertThat(fold(new Select(Select.Comparison.LESS, constant(1), constant(2), X, Y)))
        .isEqualTo("x");
    assertThat(fold(binary(Binary.Op.DIVIDE, constant(0), constant(0)))).isEqualTo("0.0 / 0.0");
  }

  @Test
  void operationsThatChangeNoBitGo() {
    assertThat(fold(binary(Binary.Op.MULTIPLY, X, constant(1)))).isEqualTo("x");
    assertThat(fold(binary(Binary.Op.MULTIPLY, constant(1), X))).isEqualTo("x");
    assertThat(fold(binary(Binary.Op.DIVIDE, X, constant(1)))).isEqualTo("x");
    assertThat(fold(binary(Binary.Op.ADD, X, constant(-0f)))).isEqualTo("x");
    assertThat(fold(binary(Binary.Op.ADD, constant(-0f), X))).isEqualTo("x");
    assertThat(fold(binary(Binary.Op.SUBTRACT, X, constant(0)))).isEqualTo("x");
    assertThat(fold(binary(Binary.Op.MAX, X, X))).isEqualTo("x");
    assertThat(fold(binary(Binary.Op.MIN, X, X))).isEqualTo("x");
    Expr negated = new Unary(Unary.Op.NEGATE, X);
    assertThat(fold(new Unary(Unary.Op.NEGATE, negated))).isEqualTo("x");
    assertThat(fold(new Unary(Unary.Op.ABS, negated))).isEqualTo("abs(x)");
    assertThat(fold(new Select(Select.Comparison.EQUAL, X, Y, Y, Y))).isEqualTo("y");
  }

  @Test
  void fusedMultiplyAddsBecomeWhatIsLeftOfThem() {
    assertThat(fold(new Fma(X, constant(1), Y))).isEqualTo("x + y");
    assertThat(fold(new Fma(constant(1), X, Y))).isEqualTo("x + y");
    assertThat(fold(new Fma(X, Y, constant(-0f)))).isEqualTo("x * y");
    assertThat(fold(new Fma(X, constant(1), constant(-0f)))).isEqualTo("x");
  }

  @Test
  void operationsThatCanChangeABitStay() {
    assertThat(fold(binary(Binary.Op.ADD, X, constant(0)))).isEqualTo("x + 0.0");
    assertThat(fold(binary(Binary.Op.SUBTRACT, X, constant(-0f)))).isEqualTo("x - -0.0");
    assertThat(fold(binary(Binary.Op.SUBTRACT, X, X))).isEqualTo("x - x");
    assertThat(fold(binary(Binary.Op.MULTIPLY, X, constant(0)))).isEqualTo("x * 0.0");
    assertThat(fold(new Fma(X, Y, constant(0)))).isEqualTo("fma(x, y, 0.0)");
    assertThat(fold(binary(Binary.Op.DIVIDE, X, X))).isEqualTo("x / x");
    assertThat(fold(new Unary(Unary.Op.ABS, new Unary(Unary.Op.SQRT, X))))
        .isEqualTo("abs(sqrt(x))");
  }

  @Test
  void keepsProgramsWithNothingToFold() {
    LoopProgram before = storing(new Fma(X, Y, constant(0)));
    assertThat(new FoldConstants().apply(before)).isSameAs(before);
  }
}
