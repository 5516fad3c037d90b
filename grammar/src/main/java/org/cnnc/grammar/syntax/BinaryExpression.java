package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** {@code left + right} and its like, on compile-time numbers. */
public record BinaryExpression(Operator operator, Expression left, Expression right, Span span)
    implements Expression {
  /** The operators. Division is exact. */
  public enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBinary(this);
  }
}
