package org.cnnc.compiler.loop;

/** A constant. */
public record IndexConst(int value) implements Index {
  @Override
  public int min() {
    return value;
  }

  @Override
  public int max() {
    return value;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitConst(this);
  }
}
