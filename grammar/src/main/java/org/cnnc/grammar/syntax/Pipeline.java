package org.cnnc.grammar.syntax;

import java.util.List;
import org.cnnc.grammar.source.Span;

/** {@code source -> stage -> stage}; at least one stage. */
public record Pipeline(Expression source, List<Stage> stages, Span span) implements Expression {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitPipeline(this);
  }
}
