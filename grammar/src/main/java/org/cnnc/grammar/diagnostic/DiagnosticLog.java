package org.cnnc.grammar.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what one compilation finds. */
public final class DiagnosticLog {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  public void report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(d -> d.code().severity() == Severity.ERROR);
  }

  /** What was reported, in the order of the text, without repetition. */
  public List<Diagnostic> sorted() {
    return diagnostics.stream()
        .distinct()
        .sorted(Comparator.comparingInt(d -> d.primary().span().start()))
        .toList();
  }
}
