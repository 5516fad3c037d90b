package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** A text in double quotes, escapes resolved. */
public record StringLiteral(String text, Span span) implements Expression {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitText(this);
  }
}
