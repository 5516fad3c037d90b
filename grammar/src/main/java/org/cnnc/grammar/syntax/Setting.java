package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** {@code name = value;} in the braces of a statement. */
public record Setting(Name name, Expression value, Span span) implements SyntaxNode {}
