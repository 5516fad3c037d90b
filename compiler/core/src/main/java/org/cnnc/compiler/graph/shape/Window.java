package org.cnnc.compiler.graph.shape;

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

  /** Shape of an image with an element for each place of the window; for an input that fits. */
  public TensorShape outputShape(int channels, TensorShape input) {
    return TensorShape.image(channels, outputHeight(input.height()), outputWidth(input.width()));
  }

  /** Whether no window reaches another one, or padding. */
  public boolean isApart() {
    return padding.isNone()
        && stride.rows() >= kernel.rows()
        && stride.columns() >= kernel.columns();
  }

  /** Whether every window sees some of the image. */
  public boolean seesImageEverywhere() {
    int rows = Math.max(padding.top(), padding.bottom());
    int columns = Math.max(padding.left(), padding.right());
    return rows < kernel.rows() && columns < kernel.columns();
  }

  /** Whether the value is an image, and, padded, at least as large as the kernel. */
  public boolean fits(TensorShape input) {
    return !input.isVector() && outputHeight(input.height()) > 0 && outputWidth(input.width()) > 0;
  }

  /** {@code kernel=3x3, stride=1x1, padding=1,1,1,1}. */
  @Override
  public String toString() {
    return "kernel=" + kernel + ", stride=" + stride + ", padding=" + padding;
  }
}
