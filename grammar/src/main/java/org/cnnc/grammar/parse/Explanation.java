package org.cnnc.grammar.parse;

import java.util.Optional;
import org.cnnc.grammar.diagnostic.Diagnostic;

/**
 * What is wrong with a statement, and, where it is plain what was meant, how to mend the tokens so
 * that the statement need not be dropped.
 */
record Explanation(Diagnostic diagnostic, Optional<Repair> repair) {
  /** A change of one token. */
  @FunctionalInterface
  interface Repair {
    void apply(EditableTokens tokens);
  }

  static Explanation of(Diagnostic diagnostic) {
    return new Explanation(diagnostic, Optional.empty());
  }

  static Explanation repairable(Diagnostic diagnostic, Repair repair) {
    return new Explanation(diagnostic, Optional.of(repair));
  }
}
