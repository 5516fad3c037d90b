package org.cnnc.grammar.syntax;

import java.util.List;
import java.util.Set;
import org.cnnc.grammar.source.Span;

/**
 * {@code network Name { ... }}; the root of a file.
 *
 * <p>Statements with syntax errors are not in the tree. So that one mistake stays one error, later
 * phases say nothing about the use of a name in {@code lostNames}, and nothing about what is
 * missing unless the tree is {@code complete}.
 *
 * @param lostNames names that the dropped statements would have bound
 * @param complete whether no statement was dropped
 */
public record NetworkDeclaration(
    Name name, List<Statement> statements, Set<String> lostNames, boolean complete, Span span)
    implements SyntaxNode {
  public NetworkDeclaration {
    statements = List.copyOf(statements);
    lostNames = Set.copyOf(lostNames);
  }

  /** A network of which no statement was dropped. */
  public NetworkDeclaration(Name name, List<Statement> statements, Span span) {
    this(name, statements, Set.of(), true, span);
  }
}
