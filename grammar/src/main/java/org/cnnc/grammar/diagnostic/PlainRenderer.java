package org.cnnc.grammar.diagnostic;

import java.util.List;
import org.cnnc.grammar.source.LineMap;
import org.cnnc.grammar.source.Span;

/** One line a diagnostic, {@code file:line:column: error[CNN021]: message}, for build tools. */
public final class PlainRenderer {
  /** The first {@value TextRenderer#MAXIMUM} diagnostics, and how many more there are. */
  public String render(List<Diagnostic> diagnostics) {
    StringBuilder result = new StringBuilder();
    diagnostics.stream()
        .limit(TextRenderer.MAXIMUM)
        .forEach(diagnostic -> result.append(line(diagnostic)).append('\n'));
    return result.append(TextRenderer.more(diagnostics)).toString();
  }

  private static String line(Diagnostic diagnostic) {
    Span span = diagnostic.primary().span();
    LineMap lines = new LineMap(span.file());
    return String.format(
        "%s:%d:%d: %s[%s]: %s%s",
        span.file().name(),
        lines.line(span.start()),
        lines.column(span.start()),
        diagnostic.code().severity().word(),
        diagnostic.code().id(),
        diagnostic.message(),
        diagnostic.help().map(help -> " (help: " + help + ")").orElse(""));
  }
}
