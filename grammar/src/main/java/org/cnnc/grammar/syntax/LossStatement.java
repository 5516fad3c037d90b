package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** {@code loss cross_entropy(label);}. */
public record LossStatement(Call call, Span span) implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitLoss(this);
  }
}
