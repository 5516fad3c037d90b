package org.cnnc.compiler.loop;

/** Sets the elements {@code begin .. end - 1} to a scalar ({@code Arrays.fill}). */
public record Fill(ArrayRef array, int begin, int end, Expr value) implements Stmt {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFill(this);
  }
}
