package org.cnnc.compiler.loop;

/**
 * {@code Float.intBitsToFloat(index)}: an index of at least 0 as it is kept in memory, for {@link
 * LetIndex}. Not a number to calculate with.
 */
public record IndexBits(Index index) implements Expr {

  @Override
  public ValueType type() {
    return ValueType.SCALAR;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitIndexBits(this);
  }
}
