package org.cnnc.maven;

import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.Severity;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.LineMap;
import org.cnnc.grammar.source.Span;

/**
 * Writes diagnostics to a build's log. The first line of each is as Maven's compilers write theirs,
 * {@code file:[line,column] message}, for the IDEs and servers that make links of it; the source
 * with its marks follows.
 */
final class DiagnosticLogger {
  private final Log log;

  DiagnosticLogger(Log log) {
    this.log = log;
  }

  /** Logs the first ones; returns how many errors there are in all. */
  int log(List<Diagnostic> diagnostics) {
    diagnostics.stream().limit(TextRenderer.MAXIMUM).forEach(this::log);
    if (diagnostics.size() > TextRenderer.MAXIMUM) {
      log.error((diagnostics.size() - TextRenderer.MAXIMUM) + " more errors and warnings");
    }
    return (int) diagnostics.stream().filter(DiagnosticLogger::isError).count();
  }

  /** What ends a build after so many errors were logged. */
  static MojoFailureException failure(int errors) {
    return new MojoFailureException(
        errors + (errors == 1 ? " error" : " errors") + " in networks, see above");
  }

  private static boolean isError(Diagnostic diagnostic) {
    return diagnostic.code().severity() == Severity.ERROR;
  }

  private void log(Diagnostic diagnostic) {
    String text = headline(diagnostic) + "\n" + new TextRenderer(false).render(diagnostic);
    if (isError(diagnostic)) {
      log.error(text);
    } else {
      log.warn(text);
    }
  }

  private static String headline(Diagnostic diagnostic) {
    Span span = diagnostic.primary().span();
    LineMap lines = new LineMap(span.file());
    return span.file().name()
        + ":["
        + lines.line(span.start())
        + ","
        + lines.column(span.start())
        + "] "
        + diagnostic.message();
  }
}
