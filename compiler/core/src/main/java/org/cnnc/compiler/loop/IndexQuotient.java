package org.cnnc.compiler.loop;

/** {@code index / divisor}, for an index that is never negative. */
public record IndexQuotient(Index index, int divisor) implements Index {
  public IndexQuotient {
    if (divisor < 1 || index.min() < 0) {
      throw new IllegalArgumentException(index + " / " + divisor);
    }
  }

  @Override
  public int min() {
    return index.min() / divisor;
  }

  @Override
  public int max() {
    return index.max() / divisor;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitQuotient(this);
  }
}
