package org.cnnc.compiler.loop;

/** {@code (float) index}. */
public record IndexToFloat(Index index) implements Expr {

  @Override
  public ValueType type() {
    return ValueType.SCALAR;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitIndexToFloat(this);
  }
}
