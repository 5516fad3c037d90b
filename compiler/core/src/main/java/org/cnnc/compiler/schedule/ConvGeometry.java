package org.cnnc.compiler.schedule;

import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/**
 * The sizes of a direct convolution's forward pass. The input, padded, is unrolled into one array
 * ({@code column}) a kernel tap and input channel; an output plane is the sum of all columns, each
 * times one weight.
 *
 * <p>With a stride of 1 a column is one contiguous piece of the padded plane, and output rows are
 * {@code pitch} apart: the last columns of a row are computed across the row's end and never read.
 * Left and right padding share the same zeros.
 *
 * @param copiesInput whether the input is first copied into a padded plane; else it is read in
 *     place
 * @param usesColumns false for 1x1, stride 1: then the input's rows are the columns
 * @param sourcePitch pitch of the plane that columns are taken from
 * @param sourceLength floats of that plane
 * @param columnLength floats of a column that are summed
 * @param outputPitch pitch of the output
 */
public record ConvGeometry(
    boolean copiesInput,
    boolean usesColumns,
    int sourcePitch,
    int sourceLength,
    int columnLength,
    int outputPitch) {

  public static ConvGeometry of(Conv2d conv, TensorShape input, int inputPitch) {
    Window window = conv.window();
    Size kernel = window.kernel();
    int outHeight = window.outputHeight(input.height());
    int outWidth = window.outputWidth(input.width());
    boolean unitStride = window.stride().equals(new Size(1, 1));
    boolean padded = !window.padding().isNone();
    int left = window.padding().left();
    int right = window.padding().right();
    int rows = input.height() + window.padding().top() + window.padding().bottom();
    if (!unitStride) {
      int pitch = padded ? input.width() + left + right : inputPitch;
      return new ConvGeometry(
          padded,
          true,
          pitch,
          Math.multiplyExact(rows, pitch),
          Math.multiplyExact(outHeight, outWidth),
          outWidth);
    }
    if (!padded) {
      boolean columns = kernel.rows() * kernel.columns() > 1;
      int length = (outHeight - 1) * inputPitch + outWidth;
      return new ConvGeometry(false, columns, inputPitch, rows * inputPitch, length, inputPitch);
    }
    int pitch = Math.max(input.width() + Math.max(left, right), outWidth);
    return new ConvGeometry(
        true,
        true,
        pitch,
        Math.addExact(Math.multiplyExact(rows, pitch), kernel.columns() - 1),
        outHeight * pitch,
        pitch);
  }
}
