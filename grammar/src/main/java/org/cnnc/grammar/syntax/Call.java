package org.cnnc.grammar.syntax;

import java.util.List;
import org.cnnc.grammar.source.Span;

/**
 * {@code sgd(rate = 0.05)}, {@code conv(16, kernel = 3)}; a layer without parentheses is a call
 * without arguments.
 */
public record Call(Name function, List<Argument> arguments, Span span) implements Expression {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitCall(this);
  }
}
