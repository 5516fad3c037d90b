package org.cnnc.grammar.syntax;

import java.math.BigDecimal;
import org.cnnc.grammar.source.Span;

/** A number, exactly as written. */
public record NumberLiteral(BigDecimal value, Span span) implements Expression {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitNumber(this);
  }
}
