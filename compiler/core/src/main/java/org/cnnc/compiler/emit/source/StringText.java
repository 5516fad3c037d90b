package org.cnnc.compiler.emit.source;

import java.util.List;
import java.util.stream.Collectors;
import org.cnnc.compiler.emit.ConstantText;

/** String literals and text blocks, in ASCII. */
final class StringText {
  private static final String QUOTES = "\"\"\"";

  private StringText() {}

  /** {@code "text"}. */
  static String literal(String text) {
    return '"' + escapeControls(text).replace("\"", "\\\"") + '"';
  }

  /**
   * An expression for text of any length: a text block, or several when one constant cannot hold
   * it. Continuation lines carry no indentation; their first column is {@code column}.
   */
  static String blocks(String text, int column) {
    List<String> pieces = ConstantText.pieces(text);
    String first = block(pieces.get(0), column);
    return pieces.stream()
        .skip(1)
        .map(piece -> ".concat(" + block(piece, column) + ")")
        .collect(Collectors.joining("", first, ""));
  }

  private static String block(String text, int column) {
    StringBuilder block = new StringBuilder(QUOTES).append('\n');
    boolean endsWithLine = text.endsWith("\n");
    String[] lines = text.split("\n", -1);
    int count = endsWithLine ? lines.length - 1 : lines.length;
    for (int i = 0; i < count; i++) {
      wrap(blockLine(lines[i]), JavaText.LINE_WIDTH - column, block);
      block.append(i < count - 1 || endsWithLine ? "\n" : "\\\n");
    }
    return block.append(QUOTES).toString();
  }

  private static String blockLine(String line) {
    String escaped = ascii(escapeControls(line).replace(QUOTES, "\\\"\\\"\\\""));
    return escaped.endsWith(" ") ? escaped.substring(0, escaped.length() - 1) + "\\s" : escaped;
  }

  /** Breaks a long line after spaces; {@code \} at a line's end takes the break back. */
  private static void wrap(String line, int width, StringBuilder block) {
    int begin = 0;
    while (line.length() - begin > width) {
      int space = line.lastIndexOf(' ', begin + width - 2);
      if (space <= begin) {
        break;
      }
      block.append(line, begin, space + 1).append("\\\n");
      begin = space + 1;
    }
    block.append(line, begin, line.length());
  }

  private static String escapeControls(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f) {
            escaped.append(String.format("\\%03o", (int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  /** Replaces what is not ASCII by Unicode escapes. */
  static String ascii(String text) {
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii.append(c);
      } else {
        ascii.append(String.format("\\u%04x", (int) c));
      }
    }
    return ascii.toString();
  }
}
