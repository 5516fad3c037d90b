package org.cnnc.grammar.syntax;

import java.util.List;
import org.cnnc.grammar.source.Span;

/** {@code train { optimizer = sgd(rate = 0.05); batch = 32; }}. */
public record TrainStatement(List<Setting> settings, Span span) implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitTrain(this);
  }
}
