package org.cnnc.compiler.loop;

/** A scalar in every lane. */
public record Broadcast(Expr scalar) implements Expr {
  public Broadcast {
    if (scalar.type() != ValueType.SCALAR) {
      throw new IllegalArgumentException("broadcast of a vector");
    }
  }

  @Override
  public ValueType type() {
    return ValueType.VECTOR;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBroadcast(this);
  }
}
