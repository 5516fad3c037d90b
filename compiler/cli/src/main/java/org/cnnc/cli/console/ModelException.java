package org.cnnc.cli.console;

import java.util.List;
import org.cnnc.grammar.diagnostic.Diagnostic;

/** The model's text has errors. */
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  public ModelException(List<Diagnostic> diagnostics) {
    super(diagnostics.size() + " diagnostics");
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** Errors and warnings, in the order of the text. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
