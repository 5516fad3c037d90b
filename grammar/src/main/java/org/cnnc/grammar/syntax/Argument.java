package org.cnnc.grammar.syntax;

import java.util.Optional;
import org.cnnc.grammar.source.Span;

/** {@code kernel = 3}, or {@code 16} by position. */
public record Argument(Optional<Name> name, Expression value, Span span) implements SyntaxNode {}
