package org.cnnc.compiler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoopPrinterTest {
  private static final IndexVar X = new IndexVar("x", 0, 27);

  @Test
  void printsAWholeProgram() {
    Buffer weight = new Buffer("weight", Buffer.Scope.MODEL, 6, 25);
    Buffer out = new Buffer("out", Buffer.Scope.WORKER, 6, 800);
    Buffer image = new Buffer("image", Buffer.Scope.SHARED, 1, 1100);
    IndexVar c = new IndexVar("c", 0, 5);
    IndexVar y = new IndexVar("y", 0, 27);
    ArrayRef row = new ArrayVar("row", 800);
    LoopFunction convolution =
        new LoopFunction(
            "conv1",
            List.of(
                new Parameter.Array("image1", 1100),
                new Parameter.Scalar("bias"),
                new Parameter.Integer(c)),
            Block.of(
                new LetArray("row", new BufferRow(out, c)),
                For.serial(
                    y,
                    Index.of(28),
                    new For(
                        X,
                        Index.of(0),
                        Index.of(28),
                        For.Kind.VECTOR,
                        new Store(
                            row,
                            y.times(28).plus(X),
                            new Fma(
                                new Broadcast(
                                    new Load(
                                        new BufferRow(weight, c), Index.of(3), ValueType.SCALAR)),
                                new Load(
                                    new ArrayVar("image1", 1100),
                                    y.times(32).plus(X).plus(1),
                                    ValueType.VECTOR),
                                new Broadcast(new Var("bias", ValueType.SCALAR))))))),
            "conv1: 1 x 28 x 28 -> 6 x 28 x 28",
            4);
    IndexVar task = new IndexVar("task", 0, 5);
    IndexVar n = new IndexVar("n", 1, 32);
    LoopFunction forward =
        new LoopFunction(
            "forward",
            List.of(new Parameter.Integer(task), new Parameter.Integer(n)),
            Block.of(
                new Let("b", new Const(0.5f)),
                new Assign("b", new IndexToFloat(n.minimum(Index.of(8)))),
                new Copy(
                    new BufferRow(weight, task),
                    Index.of(0),
                    new BufferRow(image, Index.of(0)),
                    task.times(4),
                    25),
                new Fill(new BufferRow(image, Index.of(0)), 1000, 1100, new Const(0)),
                new For(
                    new IndexVar("k", 0, 9), Index.of(1), n, For.Kind.SERIAL, Block.of(Block.of())),
                new Invoke(
                    "conv1",
                    List.of(
                        new Argument.Array(new BufferRow(image, Index.of(0))),
                        new Argument.Scalar(new Var("b", ValueType.SCALAR)),
                        new Argument.Integer(task)))),
            "",
            0);
    LoopProgram program =
        new LoopProgram(
            "digits",
            32,
            List.of(weight, out, image),
            List.of(convolution, forward),
            List.of(new Phase("forward", "forward", 6)));
    assertThat(LoopPrinter.print(program))
        .isEqualTo(
            """
            program digits, n in 1..33

            model weight: 6 rows x 25
            worker out: 6 rows x 800
            shared image: 1100

            // conv1: 1 x 28 x 28 -> 6 x 28 x 28
            function conv1(image1: float[1100], bias: float, c in 0..6):  // line 4
              array row = out[c]
              for y in 0..28:
                vector for x in 0..28:
                  row[y * 28 + x ..] = fma(broadcast(weight[c][3]), image1[y * 32 + x + 1 ..], broadcast(bias))

            function forward(task in 0..6, n in 1..33):
              let b = 0.5
              b = float(min(n, 8))
              copy 25 from weight[task][0] to image[task * 4]
              fill image[1000..1100] with 0.0
              for k in 1..n within 0..10:
                block:
                  nothing
              call conv1(image, b, task)

            phase forward: 6 tasks of forward
            """);
  }

  @Test
  void parenthesesShowTheStructureOfFloats() {
    Expr a = new Var("a", ValueType.SCALAR);
    Expr b = new Var("b", ValueType.SCALAR);
    Expr c = new Var("c", ValueType.SCALAR);
    Expr sum = new Binary(Binary.Op.ADD, a, b);
    assertThat(LoopPrinter.print(new Binary(Binary.Op.ADD, sum, c))).isEqualTo("a + b + c");
    assertThat(LoopPrinter.print(new Binary(Binary.Op.ADD, c, sum))).isEqualTo("c + (a + b)");
    assertThat(LoopPrinter.print(new Binary(Binary.Op.DIVIDE, c, sum))).isEqualTo("c / (a + b)");
    assertThat(LoopPrinter.print(new Binary(Binary.Op.MAX, c, sum))).isEqualTo("max(c, a + b)");
    assertThat(LoopPrinter.print(new Unary(Unary.Op.NEGATE, sum))).isEqualTo("-(a + b)");
    assertThat(LoopPrinter.print(new Unary(Unary.Op.NEGATE, new Const(1)))).isEqualTo("-(1.0)");
    assertThat(LoopPrinter.print(new Unary(Unary.Op.SQRT, a))).isEqualTo("sqrt(a)");
    assertThat(
            LoopPrinter.print(
                new Select(
                    Select.Comparison.LESS_OR_EQUAL,
                    a,
                    new IntrinsicCall(IntrinsicCall.Intrinsic.EXP, b),
                    sum,
                    new Const(-0f))))
        .isEqualTo("select(a <= exp(b), a + b, -0.0)");
  }

  @Test
  void parenthesesShowTheStructureOfIndices() {
    Index sum = X.plus(new IndexVar("y", 0, 3));
    assertThat(LoopPrinter.print(sum.times(4).plus(-1))).isEqualTo("(x + y) * 4 - 1");
    assertThat(LoopPrinter.print(X.times(2).plus(sum))).isEqualTo("x * 2 + (x + y)");
    assertThat(LoopPrinter.print(X.times(2).dividedBy(3).remainder(5))).isEqualTo("x * 2 / 3 % 5");
  }
}
