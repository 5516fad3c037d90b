package org.cnnc.grammar.syntax;

import java.util.List;
import org.cnnc.grammar.source.Span;

/** {@code [a, b]}. */
public record ListExpression(List<Expression> elements, Span span) implements Expression {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitList(this);
  }
}
