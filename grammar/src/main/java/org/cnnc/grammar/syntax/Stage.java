package org.cnnc.grammar.syntax;

import java.util.Optional;
import org.cnnc.grammar.source.Span;

/** {@code conv(16) as stem}. */
public record Stage(Call layer, Optional<Name> alias, Span span) implements SyntaxNode {}
