package org.cnnc.grammar.syntax;

import java.util.List;
import org.cnnc.grammar.source.Span;

/**
 * {@code name = expression;} or {@code [a, b] = expression;}. A name may stand for a value or for a
 * compile-time number.
 */
public record Binding(List<Name> targets, Expression value, Span span) implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBinding(this);
  }
}
