package org.cnnc.compiler.loop;

/** {@code index % divisor}, for an index that is never negative. */
public record IndexRemainder(Index index, int divisor) implements Index {
  public IndexRemainder {
    if (divisor < 1 || index.min() < 0) {
      throw new IllegalArgumentException(index + " % " + divisor);
    }
  }

  @Override
  public int min() {
    return 0;
  }

  @Override
  public int max() {
    return Math.min(index.max(), divisor - 1);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitRemainder(this);
  }
}
