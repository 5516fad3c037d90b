package org.cnnc.compiler.loop;

/** {@code left + right}. */
public record IndexSum(Index left, Index right) implements Index {
  @Override
  public int min() {
    return Math.addExact(left.min(), right.min());
  }

  @Override
  public int max() {
    return Math.addExact(left.max(), right.max());
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitSum(this);
  }
}
