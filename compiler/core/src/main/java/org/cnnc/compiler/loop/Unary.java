package org.cnnc.compiler.loop;

/** An operation on one value. */
public record Unary(Op op, Expr operand) implements Expr {
  /** What is done. Sign of zero and NaN as Java has them. */
  public enum Op {
    /** {@code -x}. */
    NEGATE,
    /** {@code Math.abs(x)}. */
    ABS,
    /** {@code (float) Math.sqrt(x)}, correctly rounded. */
    SQRT
  }

  @Override
  public ValueType type() {
    return operand.type();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitUnary(this);
  }
}
