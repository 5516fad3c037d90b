package org.cnnc.compiler.graph.shape;

/** Rows and columns of a kernel, a window or a stride, each at least 1. */
public record Size(int rows, int columns) {
  public Size {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(rows + "x" + columns);
    }
  }

  /** {@code 3x3}. */
  @Override
  public String toString() {
    return rows + "x" + columns;
  }
}
