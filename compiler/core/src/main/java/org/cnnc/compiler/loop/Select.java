package org.cnnc.compiler.loop;

/**
 * {@code left comparison right ? whenTrue : whenFalse}, lane by lane; all four have the same type.
 * No comparison with NaN holds. Both branches may be evaluated.
 */
public record Select(Comparison comparison, Expr left, Expr right, Expr whenTrue, Expr whenFalse)
    implements Expr {
  /** How two floats are compared. */
  public enum Comparison {
    LESS,
    LESS_OR_EQUAL,
    EQUAL
  }

  public Select {
    ValueType type = left.type();
    if (right.type() != type || whenTrue.type() != type || whenFalse.type() != type) {
      throw new IllegalArgumentException("select over different types");
    }
  }

  @Override
  public ValueType type() {
    return left.type();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitSelect(this);
  }
}
