package org.cnnc.compiler.loop;

/** The value of a local bound by {@link Let}, or of a float parameter (those are scalar). */
public record Var(String name, ValueType type) implements Expr {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitVar(this);
  }
}
