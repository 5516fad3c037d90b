package org.cnnc.grammar.parse;

import java.util.Set;
import org.antlr.v4.runtime.Token;

/**
 * Thrown from the middle of a statement to whoever asked for it: the token that does not fit, and
 * the types that would. Control flow within this package, so there is no stack trace.
 */
final class SyntaxFailure extends RuntimeException {
  private final transient Token token;
  private final transient Set<Integer> expected;

  SyntaxFailure(Token token, Set<Integer> expected) {
    super("does not fit: " + token.getText(), null, false, false);
    this.token = token;
    this.expected = Set.copyOf(expected);
  }

  Token token() {
    return token;
  }

  Set<Integer> expected() {
    return expected;
  }
}
