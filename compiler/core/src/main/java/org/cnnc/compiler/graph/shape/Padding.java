package org.cnnc.compiler.graph.shape;

/** Rows and columns added around an image, resolved from {@code same}, {@code valid} or numbers. */
public record Padding(int top, int bottom, int left, int right) {
  public static final Padding NONE = new Padding(0, 0, 0, 0);

  public Padding {
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException("negative padding");
    }
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /** Top, bottom, left, right: {@code 1,1,1,1}. */
  @Override
  public String toString() {
    return top + "," + bottom + "," + left + "," + right;
  }
}
