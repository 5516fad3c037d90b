package org.cnnc.compiler.loop;

/** {@code a * b + c}, rounded once ({@code Math.fma}). The three have the same type. */
public record Fma(Expr a, Expr b, Expr c) implements Expr {
  public Fma {
    if (a.type() != b.type() || a.type() != c.type()) {
      throw new IllegalArgumentException(
          "fma of " + a.type() + ", " + b.type() + " and " + c.type());
    }
  }

  @Override
  public ValueType type() {
    return a.type();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFma(this);
  }
}
