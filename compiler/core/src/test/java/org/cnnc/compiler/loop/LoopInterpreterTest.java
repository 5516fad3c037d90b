package org.cnnc.compiler.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.runtime.Numerics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopInterpreterTest {
  private static final Buffer INPUT = new Buffer("input", Buffer.Scope.SHARED, 2, 1000);
  private static final Buffer OUTPUT = new Buffer("output", Buffer.Scope.SHARED, 2, 1000);
  private static final Buffer SCRATCH = new Buffer("scratch1", Buffer.Scope.WORKER, 1, 8);
  private static final ArrayRef IN = new BufferRow(INPUT, Index.of(0));
  private static final ArrayRef OUT = new BufferRow(OUTPUT, Index.of(0));
  private static final ArrayRef OUT1 = new BufferRow(OUTPUT, Index.of(1));
  private static final IndexVar TASK = new IndexVar("task", 0, 1);
  private static final IndexVar N = new IndexVar("n", 1, 3);
  private static final IndexVar I = new IndexVar("i", 0, 9);

  private static LoopProgram program(Stmt... body) {
    return program(List.of(), body);
  }

  private static LoopProgram program(List<LoopFunction> helpers, Stmt... body) {
    LoopFunction work =
        new LoopFunction(
            "work",
            List.of(new Parameter.Integer(TASK), new Parameter.Integer(N)),
            Block.of(body),
            "",
            0);
    List<LoopFunction> functions = new ArrayList<>(helpers);
    functions.add(work);
    return new LoopProgram(
        "test",
        3,
        List.of(INPUT, OUTPUT, SCRATCH),
        functions,
        List.of(new Phase("phase", "work", 2)));
  }

  private static LoopInterpreter interpreter(LoopProgram program) {
    LoopVerifier.verify(program);
    return LoopInterpreter.inFloat(program, 4, RuntimeIntrinsics.ALL);
  }

  private static Expr load(ArrayRef array, Index index) {
    return new Load(array, index, ValueType.SCALAR);
  }

  /** The value of an expression over {@code a = input[0][0]}, and so on. */
  private static float evaluate(Expr value, float... inputs) {
    LoopInterpreter interpreter = interpreter(program(new Store(OUT, Index.of(0), value)));
    System.arraycopy(inputs, 0, interpreter.rows("input")[0], 0, inputs.length);
    interpreter.runStep(1);
    return interpreter.rows("output")[0][0];
  }

  private static final Expr A = load(IN, Index.of(0));
  private static final Expr B = load(IN, Index.of(1));
  private static final Expr C = load(IN, Index.of(2));

  private static float binary(Binary.Op op, float a, float b) {
    return evaluate(new Binary(op, A, B), a, b);
  }

  @Test
  void everyOperationRoundsToSinglePrecision() {
    assertThat(binary(Binary.Op.ADD, 16777216f, 1f)).isEqualTo(16777216f);
    assertThat(binary(Binary.Op.SUBTRACT, 1f, 1e-9f)).isEqualTo(1f);
    assertThat(binary(Binary.Op.MULTIPLY, 1.1f, 1.1f)).isEqualTo(1.1f * 1.1f);
    assertThat(binary(Binary.Op.DIVIDE, 1f, 3f)).isEqualTo(1f / 3f);
    assertThat(evaluate(new Unary(Unary.Op.SQRT, A), 2f)).isEqualTo((float) Math.sqrt(2));
    assertThat(evaluate(new Unary(Unary.Op.ABS, A), -2f)).isEqualTo(2f);
    assertThat(Float.floatToRawIntBits(evaluate(new Unary(Unary.Op.NEGATE, A), 0f)))
        .isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(evaluate(new IndexToFloat(Index.of(16777217)))).isEqualTo(16777216f);
  }

  @Test
  void fusedMultiplyAddRoundsOnce() {
    float a = 1 + 0x1p-13f;
    float b = 1 - 0x1p-13f;
    assertThat(evaluate(new Fma(A, B, C), a, b, -1f)).isEqualTo(-0x1p-26f);
    Expr twice = new Binary(Binary.Op.ADD, new Binary(Binary.Op.MULTIPLY, A, B), C);
    assertThat(evaluate(twice, a, b, -1f)).isEqualTo(0f);
  }

  @Test
  void maximumAndMinimumTreatNanAndSignedZeroAsJavaDoes() {
    assertThat(binary(Binary.Op.MAX, Float.NaN, 1f)).isNaN();
    assertThat(binary(Binary.Op.MIN, 1f, Float.NaN)).isNaN();
    assertThat(1 / binary(Binary.Op.MAX, -0f, 0f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(1 / binary(Binary.Op.MIN, 0f, -0f)).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LESS", "LESS_OR_EQUAL", "EQUAL"})
  void selectComparesAsJavaDoes(String name) {
    Select.Comparison comparison = Select.Comparison.valueOf(name);
    Select select = new Select(comparison, A, B, new Const(1), new Const(2));
    boolean orEqual = comparison != Select.Comparison.LESS;
    assertThat(evaluate(select, 3f, 3f)).isEqualTo(orEqual ? 1f : 2f);
    assertThat(evaluate(select, -0f, 0f)).isEqualTo(orEqual ? 1f : 2f);
    assertThat(evaluate(select, 4f, 3f)).isEqualTo(2f);
    assertThat(evaluate(select, 2f, 3f)).isEqualTo(comparison == Select.Comparison.EQUAL ? 2f : 1f);
    assertThat(evaluate(select, Float.NaN, Float.NaN)).isEqualTo(2f);
  }

  @Test
  void intrinsicsAreThoseOfTheRuntime() {
    for (IntrinsicCall.Intrinsic function : IntrinsicCall.Intrinsic.values()) {
      float expected =
          switch (function) {
            case EXP -> Numerics.exp(0.7f);
            case LOG -> Numerics.log(0.7f);
            case TANH -> Numerics.tanh(0.7f);
          };
      assertThat(evaluate(new IntrinsicCall(function, A), 0.7f)).isEqualTo(expected);
    }
  }

  @Test
  void indicesComputeAsIntegersDo() {
    Index[] indices = {
      I.times(3).plus(2),
      I.dividedBy(3),
      I.remainder(3),
      I.minimum(Index.of(4)),
      I.times(-1).plus(9)
    };
    List<Stmt> body = new ArrayList<>();
    for (int k = 0; k < indices.length; k++) {
      body.add(new Store(OUT, I.plus(10 * k), new IndexToFloat(indices[k])));
    }
    LoopInterpreter interpreter =
        interpreter(program(For.serial(I, Index.of(10), new Block(body))));
    interpreter.runStep(1);
    float[] out = interpreter.rows("output")[0];
    for (int i = 0; i < 10; i++) {
      assertThat(out[i]).isEqualTo(i * 3 + 2);
      assertThat((int) out[10 + i]).isEqualTo(i / 3);
      assertThat(out[20 + i]).isEqualTo(i % 3);
      assertThat(out[30 + i]).isEqualTo(Math.min(i, 4));
      assertThat(out[40 + i]).isEqualTo(9 - i);
    }
  }

  @Test
  void copiesAndFillsTouchTheNamedElementsOnly() {
    LoopInterpreter interpreter =
        interpreter(
            program(
                new Fill(OUT, 2, 5, new Const(7)), new Copy(IN, Index.of(1), OUT, Index.of(6), 2)));
    System.arraycopy(new float[] {1, 2, 3, 4}, 0, interpreter.rows("input")[0], 0, 4);
    interpreter.runStep(1);
    assertThat(interpreter.rows("output")[0]).startsWith(0, 0, 7, 7, 7, 0, 2, 3, 0);
  }

  @Test
  void callsPassArraysScalarsAndIndicesAndLocalsKeepTheirValues() {
    ArrayVar target = new ArrayVar("target", 10);
    LoopFunction helper =
        new LoopFunction(
            "helper",
            List.of(
                new Parameter.Array("target", 10),
                new Parameter.Scalar("scale"),
                new Parameter.Integer(I)),
            Block.of(
                new Let("x", new IndexToFloat(I)),
                new Assign(
                    "x",
                    new Binary(
                        Binary.Op.MULTIPLY,
                        new Var("x", ValueType.SCALAR),
                        new Var("scale", ValueType.SCALAR))),
                new Store(target, I, new Var("x", ValueType.SCALAR))),
            "",
            0);
    Invoke first =
        new Invoke(
            "helper",
            List.of(
                new Argument.Array(OUT),
                new Argument.Scalar(new Var("x", ValueType.SCALAR)),
                new Argument.Integer(I)));
    Invoke second =
        new Invoke(
            "helper",
            List.of(
                new Argument.Array(OUT1),
                new Argument.Scalar(new Const(1)),
                new Argument.Integer(I.plus(-1))));
    IndexVar i = new IndexVar("i", 1, 9);
    Stmt loop = For.serial(I, Index.of(10), Block.of(new Let("x", new Const(3)), first));
    Stmt shifted = new For(i, Index.of(1), Index.of(10), For.Kind.SERIAL, renamed(second, i));
    LoopInterpreter interpreter = interpreter(program(List.of(helper), loop, shifted));
    interpreter.runStep(1);
    assertThat(interpreter.rows("output")[0]).startsWith(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 0);
    assertThat(interpreter.rows("output")[1]).startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 0);
  }

  private static Invoke renamed(Invoke call, IndexVar i) {
    List<Argument> arguments = new ArrayList<>(call.arguments());
    arguments.set(2, new Argument.Integer(i.plus(-1)));
    return new Invoke(call.function(), arguments);
  }

  @Test
  void tasksAndImagesReachTheFunctionOfAPhase() {
    LoopInterpreter interpreter =
        interpreter(
            program(
                new Store(new BufferRow(OUTPUT, TASK), Index.of(0), new IndexToFloat(TASK.plus(1))),
                new Store(new BufferRow(OUTPUT, TASK), Index.of(1), new IndexToFloat(N))));
    interpreter.run(0, 1, 3);
    assertThat(interpreter.rows("output")[0]).startsWith(0, 0);
    assertThat(interpreter.rows("output")[1]).startsWith(2, 3);
    interpreter.runPhase(0, 2);
    assertThat(interpreter.rows("output")[0]).startsWith(1, 2);
    assertThat(interpreter.rows("output")[1]).startsWith(2, 2);
    assertThatThrownBy(() -> interpreter.run(0, 2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> interpreter.runStep(4)).isInstanceOf(IllegalArgumentException.class);
  }

  /** A convolution of 3 x 3 over 10 x 9 with an accumulator of the given type in the inner loop. */
  private static LoopProgram convolution(For.Kind kind) {
    ValueType type = kind == For.Kind.VECTOR ? ValueType.VECTOR : ValueType.SCALAR;
    IndexVar y = new IndexVar("y", 0, 7);
    IndexVar x = new IndexVar("x", 0, 6);
    IndexVar ky = new IndexVar("ky", 0, 2);
    IndexVar kx = new IndexVar("kx", 0, 2);
    ArrayRef weights = new BufferRow(INPUT, Index.of(1));
    Expr zero = type == ValueType.VECTOR ? new Broadcast(new Const(0)) : new Const(0);
    Expr weight = load(weights, ky.times(3).plus(kx));
    Expr tap = new Load(IN, y.plus(ky).times(9).plus(x).plus(kx), type);
    Stmt sum =
        new Assign(
            "sum",
            new Fma(
                type == ValueType.VECTOR ? new Broadcast(weight) : weight,
                tap,
                new Var("sum", type)));
    Stmt body =
        Block.of(
            new Let("sum", zero),
            For.serial(ky, Index.of(3), For.serial(kx, Index.of(3), sum)),
            new Store(OUT, y.times(9).plus(x), new Var("sum", type)));
    return program(For.serial(y, Index.of(8), new For(x, Index.of(0), Index.of(7), kind, body)));
  }

  private static float[] runConvolution(For.Kind kind, int lanes) {
    LoopProgram program = convolution(kind);
    LoopVerifier.verify(program);
    LoopInterpreter interpreter = LoopInterpreter.inFloat(program, lanes, RuntimeIntrinsics.ALL);
    Random random = new Random(5);
    for (float[] row : interpreter.rows("input")) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextFloat() - 0.5f;
      }
    }
    interpreter.runStep(1);
    float[] input = interpreter.rows("input")[0];
    float[] weights = interpreter.rows("input")[1];
    float[] out = interpreter.rows("output")[0];
    float[] expected = new float[8 * 7];
    float[] actual = new float[8 * 7];
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 7; x++) {
        float sum = 0;
        for (int ky = 0; ky < 3; ky++) {
          for (int kx = 0; kx < 3; kx++) {
            sum = Math.fma(weights[ky * 3 + kx], input[(y + ky) * 9 + x + kx], sum);
          }
        }
        expected[y * 7 + x] = sum;
        actual[y * 7 + x] = out[y * 9 + x];
      }
    }
    assertThat(actual).isEqualTo(expected);
    return actual;
  }

  @Test
  void convolutionEqualsPlainJava() {
    assertThat(runConvolution(For.Kind.SERIAL, 4)).isNotEqualTo(new float[56]);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void vectorConvolutionEqualsPlainJavaForAnyNumberOfLanes(int lanes) {
    assertThat(runConvolution(For.Kind.VECTOR, lanes))
        .isEqualTo(runConvolution(For.Kind.SERIAL, lanes));
  }

  @Test
  void refusesOtherNumbersOfLanes() {
    for (int lanes : new int[] {0, 2, 6, 32}) {
      assertThatThrownBy(() -> LoopInterpreter.inDouble(program(), lanes))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void inDoubleTheDerivativeOfExpIsExpByCentralDifferences() {
    LoopProgram program =
        program(new Store(OUT, Index.of(0), new IntrinsicCall(IntrinsicCall.Intrinsic.EXP, A)));
    LoopInterpreter interpreter = LoopInterpreter.inDouble(program, 4);
    double step = 1e-5;
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      interpreter.doubleRows("input")[0][0] = 0.3 + (side == 0 ? -step : step);
      interpreter.runStep(1);
      values[side] = interpreter.doubleRows("output")[0][0];
    }
    double difference = (values[1] - values[0]) / (2 * step);
    assertThat(difference).isCloseTo(StrictMath.exp(0.3), within(1e-9));
  }

  @Test
  void fillScratchTouchesTheScratchOnly() {
    LoopInterpreter interpreter = interpreter(program());
    interpreter.fillScratch(Float.NaN);
    assertThat(interpreter.rows("scratch1")[0]).containsOnly(Float.NaN);
    assertThat(interpreter.rows("input")[0]).containsOnly(0f);
  }

  @Test
  void indicesFromMemoryKeepTheirPromise() {
    IndexVar place = new IndexVar("place", 1, 3);
    LoopProgram program =
        program(new LetIndex(place, IN, Index.of(0)), new Store(OUT, Index.of(0), load(IN, place)));
    LoopInterpreter interpreter = interpreter(program);
    float[] in = interpreter.rows("input")[0];
    in[0] = Float.intBitsToFloat(3);
    in[3] = 7;
    interpreter.runStep(1);
    assertThat(interpreter.rows("output")[0][0]).isEqualTo(7);
    for (float broken : new float[] {0, Float.intBitsToFloat(4), 3f, -0f, Float.NaN}) {
      in[0] = broken;
      assertThatThrownBy(() -> interpreter.runStep(1))
          .isInstanceOf(InternalCompilerError.class)
          .hasMessageContaining("index place = input[0][0] within 1..4");
    }
  }

  @Test
  void accessesOutOfBoundsFailWithTheElement() {
    IndexVar lying = new IndexVar("i", 0, 7);
    ArrayRef scratch = new BufferRow(SCRATCH, Index.of(0));
    assertRunFails(
        program(new Store(scratch, Index.of(8), new Const(0))),
        "function work: element 8 of scratch1[8], which has 8");
    assertRunFails(
        program(new Store(OUT, Index.of(0), load(scratch, N.plus(-2)))),
        "element -1 of scratch1[n - 2]");
    assertRunFails(
        program(new Copy(IN, Index.of(0), scratch, Index.of(1), 8)), "element 8 of scratch1[1]");
    assertRunFails(program(new Fill(scratch, 0, 9, new Const(0))), "element 8 of scratch1[0]");
    assertRunFails(
        program(new Store(new BufferRow(OUTPUT, N.plus(1)), Index.of(0), new Const(0))),
        "row 2 of output[n + 1], which has 2");
    assertRunFails(program(For.serial(lying, Index.of(9), new Block(List.of()))), "runs over 0..9");
  }

  private static void assertRunFails(LoopProgram illegal, String message) {
    LoopInterpreter interpreter = LoopInterpreter.inFloat(illegal, 4, RuntimeIntrinsics.ALL);
    assertThatThrownBy(() -> interpreter.runStep(1))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining(message);
  }
}
