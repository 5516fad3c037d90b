package org.cnnc.grammar.syntax;

import java.util.List;
import org.cnnc.grammar.source.Span;

/** {@code network Name { ... }}; the root of a file. */
public record NetworkDeclaration(Name name, List<Statement> statements, Span span)
    implements SyntaxNode {}
