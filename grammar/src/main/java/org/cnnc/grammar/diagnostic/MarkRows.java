package org.cnnc.grammar.diagnostic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lays out what stands below one source line: a row of marks with the text of the last one, then
 * the other texts, each hanging from its mark.
 *
 * <pre>
 *     conv(16, kernel = 7)
 *          --  ^^^^^^^^^^ needs 7x7
 *          |
 *          gives 16 channels
 * </pre>
 */
final class MarkRows {
  /**
   * One row.
   *
   * @param marks {@code ^} for the primary mark, {@code -} for others, {@code |} and spaces
   * @param text stands behind the marks
   * @param primary whose text it is
   */
  record Row(String marks, String text, boolean primary) {}

  private final List<Mark> marks;

  MarkRows(List<Mark> marks) {
    this.marks = marks.stream().sorted(Comparator.comparingInt(Mark::start)).toList();
  }

  List<Row> rows() {
    List<Mark> hanging = new ArrayList<>(marks);
    Optional<Mark> inline = inline();
    inline.ifPresent(hanging::remove);
    hanging.removeIf(mark -> mark.text().isEmpty());
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            underlines(),
            inline.map(mark -> mark.text().isEmpty() ? "" : " " + mark.text()).orElse(""),
            inline.map(Mark::primary).orElse(false)));
    if (!hanging.isEmpty()) {
      rows.add(new Row(connectors(hanging, Integer.MAX_VALUE), "", false));
    }
    for (int i = hanging.size() - 1; i >= 0; i--) {
      Mark mark = hanging.get(i);
      String before = connectors(hanging.subList(0, i), mark.start());
      String space = " ".repeat(mark.start() - before.length());
      rows.add(new Row(before + space, mark.text(), mark.primary()));
    }
    return rows;
  }

  /** The mark whose text can stand beside it: it begins last, and no other reaches beyond it. */
  private Optional<Mark> inline() {
    Mark last = marks.get(marks.size() - 1);
    boolean free = marks.stream().allMatch(mark -> mark.end() <= last.end());
    return free ? Optional.of(last) : Optional.empty();
  }

  private String underlines() {
    char[] cells = new char[marks.stream().mapToInt(Mark::end).max().orElse(0)];
    Arrays.fill(cells, ' ');
    marks.stream()
        .sorted(Comparator.comparing(Mark::primary)) // the primary mark covers the others
        .forEach(mark -> Arrays.fill(cells, mark.start(), mark.end(), mark.primary() ? '^' : '-'));
    return new String(cells);
  }

  private static String connectors(List<Mark> hanging, int limit) {
    StringBuilder row = new StringBuilder();
    for (Mark mark : hanging) {
      if (mark.start() < limit && mark.start() >= row.length()) {
        row.append(" ".repeat(mark.start() - row.length())).append('|');
      }
    }
    return row.toString();
  }
}
