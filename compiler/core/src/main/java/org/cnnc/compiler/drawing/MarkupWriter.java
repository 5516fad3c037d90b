package org.cnnc.compiler.drawing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes elements with their attributes and texts: SVG, and HTML that is well-formed XML, too. What
 * is given as text comes out as text, whatever characters it has; those that no XML may hold become
 * U+FFFD.
 */
public final class MarkupWriter {
  private static final char UNKNOWN = '\uFFFD';

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> openElements = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; a double is written with at most two places
   */
  public MarkupWriter open(String element, Object... attributes) {
    tag(element, attributes);
    out.append('>');
    openElements.push(element);
    return this;
  }

  /** Closes the element that was opened last. */
  public MarkupWriter close() {
    out.append("</").append(openElements.pop()).append(">\n");
    return this;
  }

  /** An element without content; in HTML only those that never have any: {@code br}, say. */
  public MarkupWriter empty(String element, Object... attributes) {
    tag(element, attributes);
    out.append("/>\n");
    return this;
  }

  /** An element that holds a text. */
  public MarkupWriter element(String element, String text, Object... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** A text. */
  public MarkupWriter text(String text) {
    escape(text);
    return this;
  }

  /** Markup as it is: of this class's making, or a constant. */
  public MarkupWriter markup(String markup) {
    out.append(markup);
    return this;
  }

  private void tag(String element, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributeText(attributes[i + 1]));
      out.append('"');
    }
  }

  private static String attributeText(Object value) {
    return value instanceof Double number ? number(number) : String.valueOf(value);
  }

  /** A number with at most two places after the point: {@code 12}, {@code 0.5}. */
  public static String number(double number) {
    String text = String.format(Locale.ROOT, "%.2f", number).replaceAll("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.appendCodePoint(isAllowed(c) ? c : UNKNOWN);
      }
    }
  }

  private static boolean isAllowed(int c) {
    boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
  }

  /**
   * All that was written.
   *
   * @throws IllegalStateException if an element is still open
   */
  @Override
  public String toString() {
    if (!openElements.isEmpty()) {
      throw new IllegalStateException("not closed: " + openElements);
    }
    return out.toString();
  }
}
