package org.cnnc.grammar.syntax;

import java.util.List;
import org.cnnc.grammar.source.Span;

/**
 * {@code output name = expression labels ("a", "b");}; {@code labels} is empty where none are
 * given.
 */
public record OutputStatement(Name name, Expression value, List<StringLiteral> labels, Span span)
    implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitOutput(this);
  }
}
