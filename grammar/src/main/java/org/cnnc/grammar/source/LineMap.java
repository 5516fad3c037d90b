package org.cnnc.grammar.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lines and columns of the offsets of one file. A line ends with LF, CR LF or CR. Lines and columns
 * count from 1; a column is a code point, whatever its width.
 */
public final class LineMap {
  private final String text;
  private final List<Integer> starts = new ArrayList<>();

  public LineMap(SourceFile file) {
    text = file.text();
    starts.add(0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean firstOfPair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !firstOfPair)) {
        starts.add(i + 1);
      }
    }
  }

  /** How many lines there are; the text behind the last line's end counts, empty or not. */
  public int lineCount() {
    return starts.size();
  }

  /** The line that holds {@code offset}; the offset may be the end of the text. */
  public int line(int offset) {
    if (offset < 0 || offset > text.length()) {
      throw new IndexOutOfBoundsException("offset " + offset + " of " + text.length());
    }
    int found = Collections.binarySearch(starts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of {@code offset} in its line, in code points; a byte order mark does not count. */
  public int column(int offset) {
    int start = lineStart(line(offset));
    return text.codePointCount(start, Math.max(start, offset)) + 1;
  }

  /** The column in UTF-16 units from 0, as the Language Server Protocol counts. */
  public int utf16Column(int offset) {
    return Math.max(0, offset - lineStart(line(offset)));
  }

  /** The offset of the line's first character. */
  public int lineStart(int line) {
    int start = starts.get(line - 1);
    return start == 0 && text.startsWith("\uFEFF") ? 1 : start;
  }

  /** The offset behind the line's last character, before its end of line. */
  public int lineEnd(int line) {
    int end = line < starts.size() ? starts.get(line) : text.length();
    int start = starts.get(line - 1);
    while (end > start && isEndOfLine(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** The line without its end. */
  public String lineText(int line) {
    return text.substring(lineStart(line), Math.max(lineStart(line), lineEnd(line)));
  }

  private static boolean isEndOfLine(char c) {
    return c == '\n' || c == '\r';
  }
}
