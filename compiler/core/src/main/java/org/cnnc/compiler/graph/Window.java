package org.cnnc.compiler.graph;

/** A window that moves over a padded image: of a convolution or a pooling layer. */
public record Window(Size kernel, Size stride, Padding padding) {
  /**
   * {@code floor((height + top + bottom - rows) / stride) + 1}; not positive when the window does
   * not fit.
   */
  public int outputHeight(int height) {
    return Math.floorDiv(height + padding.top() + padding.bottom() - kernel.rows(), stride.rows())
        + 1;
  }

  /**
   * {@code floor((width + left + right - columns) / stride) + 1}; not positive when the window does
   * not fit.
   */
  public int outputWidth(int width) {
    return Math.floorDiv(
            width + padding.left() + padding.right() - kernel.columns(), stride.columns())
        + 1;
  }
}
