package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** {@code -operand}. */
public record UnaryExpression(Expression operand, Span span) implements Expression {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitUnary(this);
  }
}
