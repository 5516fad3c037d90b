package org.cnnc.compiler.loop;

/**
 * Binds a local of the type of {@code value}, until the end of the enclosing block. {@link Assign}
 * may change it.
 */
public record Let(String name, Expr value) implements Stmt {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitLet(this);
  }
}
