package org.cnnc.grammar.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cnnc.grammar.diagnostic.Mark.Excerpt;
import org.cnnc.grammar.source.DisplayText;
import org.cnnc.grammar.source.LineMap;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;

/**
 * Diagnostics for people, with the lines of the source and the places in them marked:
 *
 * <pre>
 * error[CNN021]: kernel 7x7 is larger than its input 5x5
 *   --&gt; model.net:12:21
 *    |
 * 12 |         -&gt; conv(16, kernel = 7) -&gt; relu;
 *    |                     ^^^^^^^^^^ needs an input of at least 7x7
 *    = help: use `padding = same`, or a kernel of at most 5
 * </pre>
 */
public final class TextRenderer {
  /** How many diagnostics are shown; more would bury the first ones. */
  public static final int MAXIMUM = 20;

  private final boolean colour;

  /**
   * @param colour whether to use ANSI escape sequences
   */
  public TextRenderer(boolean colour) {
    this.colour = colour;
  }

  /**
   * The first {@value #MAXIMUM} diagnostics with an empty line between them, and how many more
   * there are.
   */
  public String render(List<Diagnostic> diagnostics) {
    List<String> parts =
        new ArrayList<>(diagnostics.stream().limit(MAXIMUM).map(this::render).toList());
    if (diagnostics.size() > MAXIMUM) {
      parts.add(more(diagnostics));
    }
    return String.join("\n", parts);
  }

  /** One diagnostic; the last line ends with a line feed. */
  public String render(Diagnostic diagnostic) {
    SourceFile file = diagnostic.primary().span().file();
    LineMap lines = new LineMap(file);
    Map<Integer, List<Mark>> marks = new TreeMap<>();
    Map<Integer, Excerpt> excerpts = new TreeMap<>();
    place(diagnostic.primary(), true, lines, marks, excerpts);
    diagnostic.secondary().forEach(label -> place(label, false, lines, marks, excerpts));
    int lastLine = marks.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow();
    Page page = new Page(String.valueOf(lastLine).length());
    page.header(diagnostic, lines);
    int previous = 0;
    for (Map.Entry<Integer, List<Mark>> entry : marks.entrySet()) {
      int line = entry.getKey();
      if (previous > 0 && line > previous + 1) {
        page.gap();
      }
      page.source(line, excerpts.get(line).text(), entry.getValue());
      previous = line;
    }
    diagnostic.notes().forEach(note -> page.remark("note", note));
    diagnostic.help().ifPresent(help -> page.remark("help", help));
    return page.text.toString();
  }

  static String more(List<Diagnostic> diagnostics) {
    int hidden = diagnostics.size() - MAXIMUM;
    return hidden > 0 ? "... and " + hidden + " more\n" : "";
  }

  private static void place(
      Label label,
      boolean primary,
      LineMap lines,
      Map<Integer, List<Mark>> marks,
      Map<Integer, Excerpt> excerpts) {
    int line = lines.line(label.span().start());
    Excerpt excerpt = excerpts.computeIfAbsent(line, unused -> Excerpt.around(label.span(), lines));
    marks
        .computeIfAbsent(line, unused -> new ArrayList<>())
        .add(Mark.of(label, lines, excerpt, primary));
  }

  /** The text of one diagnostic, row by row. */
  private final class Page {
    private final StringBuilder text = new StringBuilder();
    private final String margin;

    Page(int digits) {
      margin = " ".repeat(digits);
    }

    void header(Diagnostic diagnostic, LineMap lines) {
      Span span = diagnostic.primary().span();
      Severity severity = diagnostic.code().severity();
      Style style = severity == Severity.ERROR ? Style.ERROR : Style.WARNING;
      String title = severity.word() + "[" + diagnostic.code().id() + "]";
      row(paint(style, title) + paint(Style.BOLD, ": " + DisplayText.expand(diagnostic.message())));
      String place = lines.line(span.start()) + ":" + lines.column(span.start());
      row(margin + paint(Style.GUTTER, "-->") + " " + span.file().name() + ":" + place);
      row(paint(Style.GUTTER, margin + " |"));
    }

    void gap() {
      row(paint(Style.GUTTER, "..."));
    }

    void source(int line, String excerpt, List<Mark> marks) {
      String number = String.format("%" + margin.length() + "d |", line);
      String shown = DisplayText.expand(excerpt);
      row(paint(Style.GUTTER, number) + (shown.isBlank() ? "" : " " + shown));
      for (MarkRows.Row row : new MarkRows(marks).rows()) {
        String label = paint(row.primary() ? Style.ERROR : Style.GUTTER, row.text());
        row(paint(Style.GUTTER, margin + " |") + " " + paintMarks(row.marks()) + label);
      }
    }

    void remark(String kind, String remark) {
      row(margin + paint(Style.GUTTER, " = ") + paint(Style.BOLD, kind + ": ") + remark);
    }

    private void row(String row) {
      text.append(row.stripTrailing()).append('\n');
    }
  }

  private String paintMarks(String marks) {
    int first = marks.indexOf('^');
    if (first < 0) {
      return paint(Style.GUTTER, marks);
    }
    int behind = marks.lastIndexOf('^') + 1;
    return paint(Style.GUTTER, marks.substring(0, first))
        + paint(Style.ERROR, marks.substring(first, behind))
        + paint(Style.GUTTER, marks.substring(behind));
  }

  private String paint(Style style, String string) {
    return colour && !string.isBlank() ? style.sequence + string + "\u001B[0m" : string;
  }

  private enum Style {
    ERROR("\u001B[1;31m"),
    WARNING("\u001B[1;33m"),
    GUTTER("\u001B[1;34m"),
    BOLD("\u001B[1m");

    private final String sequence;

    Style(String sequence) {
      this.sequence = sequence;
    }
  }
}
