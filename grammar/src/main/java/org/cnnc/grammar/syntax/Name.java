package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** A name as written. */
public record Name(String text, Span span) implements SyntaxNode {}
