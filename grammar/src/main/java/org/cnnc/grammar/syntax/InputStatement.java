package org.cnnc.grammar.syntax;

import java.util.List;
import org.cnnc.grammar.source.Span;

/** {@code input image[3, 32, 32] { scale = 1/255; }}. */
public record InputStatement(Name name, List<Expression> shape, List<Setting> settings, Span span)
    implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitInput(this);
  }
}
