package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** A name: a value, a number bound before, or a word such as {@code same} or {@code true}. */
public record NameReference(String name, Span span) implements Expression {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitName(this);
  }
}
