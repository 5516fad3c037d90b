package org.cnnc.grammar.diagnostic;

import org.cnnc.grammar.source.DisplayText;
import org.cnnc.grammar.source.LineMap;
import org.cnnc.grammar.source.Span;

/**
 * A label on its line.
 *
 * @param line the line that the span begins on, from 1; of a span of several lines only this one is
 *     marked
 * @param start first marked cell of the excerpt, from 0
 * @param end the cell behind the last; at least one cell is marked
 */
record Mark(int line, int start, int end, String text, boolean primary) {
  /** Longer lines are cut to what surrounds the mark. */
  private static final int LONGEST_LINE = 200;

  private static final int CONTEXT = 60;

  static Mark of(Label label, LineMap lines, Excerpt excerpt, boolean primary) {
    Span span = label.span();
    int from = excerpt.offsetIn(span.start());
    int to = excerpt.offsetIn(Math.min(span.end(), lines.lineEnd(excerpt.line())));
    int start = DisplayText.cells(excerpt.text(), from);
    int end = DisplayText.cells(excerpt.text(), Math.max(from, to));
    return new Mark(excerpt.line(), start, Math.max(end, start + 1), label.text(), primary);
  }

  /**
   * The part of a line that is shown.
   *
   * @param start the offset of the text in the file
   */
  record Excerpt(int line, int start, String text) {
    /** The excerpt of the line on which {@code span} begins. */
    static Excerpt around(Span span, LineMap lines) {
      int line = lines.line(span.start());
      String text = lines.lineText(line);
      if (text.length() <= LONGEST_LINE) {
        return new Excerpt(line, lines.lineStart(line), text);
      }
      int centre = Math.min(Math.max(0, span.start() - lines.lineStart(line)), text.length());
      int from = boundary(text, Math.max(0, centre - CONTEXT));
      int to = boundary(text, Math.min(text.length(), centre + CONTEXT));
      return new Excerpt(line, lines.lineStart(line) + from, text.substring(from, to));
    }

    /** The place of a file offset in the excerpt; what is outside comes to its border. */
    int offsetIn(int offset) {
      return Math.min(Math.max(0, offset - start), text.length());
    }

    private static int boundary(String text, int index) {
      boolean insidePair =
          index > 0
              && index < text.length()
              && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
      return insidePair ? index - 1 : index;
    }
  }
}
