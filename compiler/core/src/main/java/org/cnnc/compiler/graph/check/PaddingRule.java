package org.cnnc.compiler.graph.check;

import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;

/** How to find the padding once the input is known. */
@FunctionalInterface
interface PaddingRule {
  /**
   * As many outputs as strides in the input, rounded up: total = max((out - 1) * stride + kernel -
   * in, 0), the smaller half first.
   */
  PaddingRule SAME =
      (input, kernel, stride) -> {
        int rows = total(input.height(), kernel.rows(), stride.rows());
        int columns = total(input.width(), kernel.columns(), stride.columns());
        return new Padding(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
      };

  /** None. */
  PaddingRule VALID = (input, kernel, stride) -> Padding.NONE;

  Padding resolve(TensorShape input, Size kernel, Size stride);

  static PaddingRule of(int top, int bottom, int left, int right) {
    Padding padding = new Padding(top, bottom, left, right);
    return (input, kernel, stride) -> padding;
  }

  private static int total(int input, int kernel, int stride) {
    int output = (input + stride - 1) / stride;
    return Math.max((output - 1) * stride + kernel - input, 0);
  }
}
