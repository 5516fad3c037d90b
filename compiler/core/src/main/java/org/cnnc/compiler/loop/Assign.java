package org.cnnc.compiler.loop;

/** Gives a local bound by {@link Let} a new value of the same type: accumulators. */
public record Assign(String name, Expr value) implements Stmt {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitAssign(this);
  }
}
