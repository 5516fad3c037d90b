package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** A text in double quotes, escapes resolved. */
public record StringLiteral(String text, Span span) implements Expression {}
