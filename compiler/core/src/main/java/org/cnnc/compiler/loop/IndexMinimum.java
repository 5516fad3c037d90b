package org.cnnc.compiler.loop;

/** {@code Math.min(left, right)}. */
public record IndexMinimum(Index left, Index right) implements Index {
  @Override
  public int min() {
    return Math.min(left.min(), right.min());
  }

  @Override
  public int max() {
    return Math.min(left.max(), right.max());
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitMinimum(this);
  }
}
