package org.cnnc.compiler.loop;

/** Copies {@code length} floats ({@code System.arraycopy}); the arrays are different ones. */
public record Copy(
    ArrayRef source, Index sourceIndex, ArrayRef target, Index targetIndex, int length)
    implements Stmt {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitCopy(this);
  }
}
