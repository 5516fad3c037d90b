package org.cnnc.compiler.graph.check;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/** How sizes come about, in numbers: {@code (32 + 2*0 - 5) / 2 + 1 = 14}. */
final class ShapeArithmetic {
  private ShapeArithmetic() {}

  /** How an operator's output gets its shape; empty where it has the shape of the input. */
  static Optional<String> of(Operator operator, TensorShape input) {
    return operator.outputShape(input).isVector() && !input.isVector()
        ? Optional.of(elements(input))
        : operator.movingWindow().map(window -> of(window, input));
  }

  /** {@code (32 + 2*0 - 5) / 2 + 1 = 14 rows and columns}. */
  static String of(Window window, TensorShape input) {
    Padding around = window.padding();
    String rows =
        side(
            List.of(input.height(), around.top(), around.bottom()),
            window.kernel().rows(),
            window.stride().rows());
    String columns =
        side(
            List.of(input.width(), around.left(), around.right()),
            window.kernel().columns(),
            window.stride().columns());
    int height = window.outputHeight(input.height());
    int width = window.outputWidth(input.width());
    return rows.equals(columns)
        ? rows + height + (height == 1 ? " row and column" : " rows and columns")
        : rows + Wording.count(height, "row") + ", " + columns + Wording.count(width, "column");
  }

  /**
   * One direction of a window.
   *
   * @param input the size of the input, and the padding before and behind it
   */
  private static String side(List<Integer> input, int kernel, int stride) {
    int before = input.get(1);
    int behind = input.get(2);
    int steps = input.get(0) + before + behind - kernel;
    String padding = before == behind ? "2*" + before : before + " + " + behind;
    String quotient = "(" + input.get(0) + " + " + padding + " - " + kernel + ") / " + stride;
    return (steps % stride == 0 ? quotient : "floor(" + quotient + ")") + " + 1 = ";
  }

  /** {@code 16 * 5 * 5 = 400}. */
  static String elements(TensorShape shape) {
    return shape.isVector()
        ? String.valueOf(shape.channels())
        : shape.channels()
            + " * "
            + shape.height()
            + " * "
            + shape.width()
            + " = "
            + Wording.grouped(Limits.elements(shape));
  }
}
