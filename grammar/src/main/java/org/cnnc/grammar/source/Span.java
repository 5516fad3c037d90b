package org.cnnc.grammar.source;

import java.util.Objects;

/**
 * The characters {@code start .. end - 1} of a source file; an empty span points between two
 * characters.
 */
public record Span(SourceFile file, int start, int end) {
  public Span {
    Objects.requireNonNull(file, "file");
    if (start < 0 || end < start || end > file.text().length()) {
      throw new IllegalArgumentException("span " + start + " .. " + end + " of " + file.name());
    }
  }

  /** From the start of this span to the end of {@code last}. */
  public Span to(Span last) {
    return new Span(file, start, last.end);
  }

  /** The characters themselves. */
  public String text() {
    return file.text().substring(start, end);
  }
}
