package org.cnnc.compiler.loop;

/**
 * Element {@code index} of {@code array}; as a vector, the elements {@code index .. index + lanes -
 * 1}.
 */
public record Load(ArrayRef array, Index index, ValueType type) implements Expr {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitLoad(this);
  }
}
