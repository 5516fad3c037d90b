package org.cnnc.compiler.loop;

/** {@code index * factor}. */
public record IndexProduct(Index index, int factor) implements Index {
  @Override
  public int min() {
    return Math.multiplyExact(factor < 0 ? index.max() : index.min(), factor);
  }

  @Override
  public int max() {
    return Math.multiplyExact(factor < 0 ? index.min() : index.max(), factor);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitProduct(this);
  }
}
