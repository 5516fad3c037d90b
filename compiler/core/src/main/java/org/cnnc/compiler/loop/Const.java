package org.cnnc.compiler.loop;

/** A scalar constant. */
public record Const(float value) implements Expr {

  @Override
  public ValueType type() {
    return ValueType.SCALAR;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitConst(this);
  }
}
