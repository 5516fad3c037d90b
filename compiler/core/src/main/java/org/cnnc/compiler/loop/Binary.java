package org.cnnc.compiler.loop;

/** An operation on two values of the same type. */
public record Binary(Op op, Expr left, Expr right) implements Expr {
  /** What is done. */
  public enum Op {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    /** {@code Math.max}: NaN passes, +0 beats -0. */
    MAX,
    /** {@code Math.min}: NaN passes, -0 beats +0. */
    MIN
  }

  public Binary {
    if (left.type() != right.type()) {
      throw new IllegalArgumentException(op + " of " + left.type() + " and " + right.type());
    }
  }

  @Override
  public ValueType type() {
    return left.type();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBinary(this);
  }
}
