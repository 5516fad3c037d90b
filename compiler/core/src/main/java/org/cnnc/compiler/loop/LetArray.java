package org.cnnc.compiler.loop;

/**
 * Names an array until the end of the enclosing block, so that inner loops need not look the row
 * up. Used as {@code new ArrayVar(name, array.length())}.
 */
public record LetArray(String name, ArrayRef array) implements Stmt {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitLetArray(this);
  }
}
