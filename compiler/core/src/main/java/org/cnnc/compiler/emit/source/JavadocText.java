package org.cnnc.compiler.emit.source;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes text safe inside Javadoc: whatever a label or a layer says, it cannot end the comment, nor
 * become markup.
 */
final class JavadocText {
  private JavadocText() {}

  /** Lines for a comment that the javadoc tool reads; an empty line parts paragraphs. */
  static String inPublic(List<String> lines) {
    return lines.stream()
        .map(line -> escape(line).replace(">", "&gt;"))
        .collect(Collectors.joining("\n"))
        .replaceAll("\n\n(?=.)", "\n\n<p>");
  }

  /** Lines for a comment that only people read: {@code ->} stays as it is. */
  static String inPrivate(List<String> lines) {
    return lines.stream().map(JavadocText::escape).collect(Collectors.joining("\n"));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("@", "&#64;")
        .replace("\\", "&#92;")
        .replace("*/", "*&#47;");
  }
}
