package org.cnnc.compiler.loop;

/** Writes {@code value} at {@code index}; a vector goes to {@code index .. index + lanes - 1}. */
public record Store(ArrayRef array, Index index, Expr value) implements Stmt {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitStore(this);
  }
}
