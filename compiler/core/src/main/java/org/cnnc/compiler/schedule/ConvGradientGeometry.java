package org.cnnc.compiler.schedule;

import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/**
 * The sizes of the gradient of a convolution's input: itself a convolution with stride 1, of the
 * output's gradient spread by the stride and framed with zeros, with the kernel turned by 180
 * degrees.
 *
 * @param firstRow first row of the output's gradient that reaches the input (others saw only
 *     padding)
 * @param endRow after the last such row
 * @param firstColumn as {@code firstRow}
 * @param endColumn as {@code endRow}
 * @param top row of the frame that row 0 of the output's gradient stands in; may be negative
 * @param left as {@code top}, for columns
 * @param pitch pitch of the frame and of the result
 * @param frameLength floats of the frame
 * @param length floats of a column that are summed: the input's height times {@code pitch}
 */
public record ConvGradientGeometry(
    int firstRow,
    int endRow,
    int firstColumn,
    int endColumn,
    int top,
    int left,
    int pitch,
    int frameLength,
    int length) {

  public static ConvGradientGeometry of(Conv2d conv, TensorShape input) {
    Window window = conv.window();
    Size kernel = window.kernel();
    Size stride = window.stride();
    int frameRows = input.height() + kernel.rows() - 1;
    int frameColumns = input.width() + kernel.columns() - 1;
    int top = kernel.rows() - 1 - window.padding().top();
    int left = kernel.columns() - 1 - window.padding().left();
    int firstRow = first(top, stride.rows());
    int firstColumn = first(left, stride.columns());
    int endRow = end(window.outputHeight(input.height()), top, stride.rows(), frameRows);
    int endColumn = end(window.outputWidth(input.width()), left, stride.columns(), frameColumns);

    int pitch = input.width();
    if (firstColumn < endColumn) {
      int content = (endColumn - 1 - firstColumn) * stride.columns() + 1;
      int zerosLeft = left + firstColumn * stride.columns();
      int zerosRight = frameColumns - zerosLeft - content;
      pitch = Math.max(content + Math.max(zerosLeft, zerosRight), pitch);
    }
    return new ConvGradientGeometry(
        firstRow,
        endRow,
        firstColumn,
        endColumn,
        top,
        left,
        pitch,
        Math.addExact(Math.multiplyExact(frameRows, pitch), kernel.columns() - 1),
        input.height() * pitch);
  }

  /** Whether any of the output's gradient reaches the input; all may have seen only padding. */
  public boolean reachesInput() {
    return firstRow < endRow && firstColumn < endColumn;
  }

  /** The first position whose place {@code position * stride + offset} is not negative. */
  private static int first(int offset, int stride) {
    return offset >= 0 ? 0 : (-offset + stride - 1) / stride;
  }

  /** After the last of {@code count} positions whose place is below {@code size}. */
  private static int end(int count, int offset, int stride, int size) {
    return Math.min(count, Math.floorDiv(size - 1 - offset, stride) + 1);
  }
}
