package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** A node of the syntax tree: what the user wrote, and where. */
public interface SyntaxNode {
  Span span();
}
