package org.cnnc.grammar.format;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.grammar.source.DisplayText;

/** The lines of the result; comments at the ends of neighbouring lines are aligned at the end. */
final class Lines {
  private static final int GAP = 2;

  /** A line without its end; {@code comment} is empty where there is none. */
  private record Line(String text, String comment) {}

  private final List<Line> lines = new ArrayList<>();

  void add(int indent, String text) {
    lines.add(new Line(" ".repeat(indent) + text, ""));
  }

  /** Puts a comment at the end of the last line. */
  void comment(String comment) {
    Line last = lines.remove(lines.size() - 1);
    if (last.comment.isEmpty() && isComment(last.text)) {
      lines.add(new Line(last.text + " " + comment, ""));
    } else {
      lines.add(
          new Line(last.text, last.comment.isEmpty() ? comment : last.comment + " " + comment));
    }
  }

  private static boolean isComment(String line) {
    String text = line.stripLeading();
    return text.startsWith("//") || text.startsWith("/*");
  }

  void blank() {
    lines.add(new Line("", ""));
  }

  String print() {
    StringBuilder result = new StringBuilder();
    int from = 0;
    while (from < lines.size()) {
      int to = from + 1;
      while (to < lines.size() && isAligned(lines.get(to - 1)) && isAligned(lines.get(to))) {
        to++;
      }
      print(lines.subList(from, to), result);
      from = to;
    }
    return result.toString();
  }

  private static boolean isAligned(Line line) {
    return !line.comment.isEmpty() && line.comment.indexOf('\n') < 0;
  }

  private static void print(List<Line> group, StringBuilder result) {
    int column = group.stream().mapToInt(line -> width(line.text)).max().orElse(0) + GAP;
    for (Line line : group) {
      result.append(line.text);
      if (!line.comment.isEmpty()) {
        result.append(" ".repeat(column - width(line.text))).append(line.comment);
      }
      result.append('\n');
    }
  }

  /** The columns that the last line of a text takes. */
  static int width(String text) {
    String last = text.substring(text.lastIndexOf('\n') + 1);
    return DisplayText.cells(last, last.length());
  }
}
