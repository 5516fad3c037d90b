package org.cnnc.grammar.format;

import java.util.List;
import org.cnnc.grammar.format.Atom.Break;

/** Lays out one statement that has no settings, or what stands before its settings. */
final class StatementLayout {
  private static final int STEP = 4;

  private final Lines lines;
  private final int indent;
  private final List<Atom> atoms;

  /** The columns of the atoms before each, with the spaces before them, on one line. */
  private final int[] columns;

  /**
   * @param indent the column of the statement
   * @param atoms the comments of the last one are those behind the statement
   */
  StatementLayout(Lines lines, int indent, List<Atom> atoms) {
    this.lines = lines;
    this.indent = indent;
    this.atoms = atoms;
    this.columns = new int[atoms.size() + 1];
    for (int i = 0; i < atoms.size(); i++) {
      columns[i + 1] = columns[i] + space(i).length() + Lines.width(text(i));
    }
  }

  void print() {
    boolean free = atoms.subList(0, atoms.size() - 1).stream().noneMatch(Atom::breaksLine);
    if (free && printOnOneLine()) {
      return;
    }
    int labels = indexOfLabels();
    if (free && labels > 0 && fits(indent, 0, labels)) {
      lines.add(indent, text(0, labels));
      fill(indent + STEP, labels, atoms.size());
    } else {
      printSegments();
    }
    printCommentsBehind();
  }

  /** Prints the statement if one line holds it; no comment in it may want a line of its own. */
  boolean printOnOneLine() {
    boolean fits = fits(indent, 0, atoms.size());
    if (fits) {
      lines.add(indent, text(0, atoms.size()));
      printCommentsBehind();
    }
    return fits;
  }

  private void printCommentsBehind() {
    atoms.get(atoms.size() - 1).comments().forEach(comment -> lines.comment(comment.text()));
  }

  private int indexOfLabels() {
    int index = atoms.size() - 1;
    while (index > 0 && atoms.get(index).lineBreak() != Break.LABELS) {
      index--;
    }
    return index;
  }

  /** One line or more from each place where a line must begin to the next. */
  private void printSegments() {
    int from = 0;
    int column = indent;
    for (int i = 1; i <= atoms.size(); i++) {
      boolean comments = atoms.get(i - 1).breaksLine() && i < atoms.size();
      if (i == atoms.size() || comments || beginsSegment(atoms.get(i))) {
        fill(column, from, i);
        column = i < atoms.size() ? column(atoms.get(i)) : indent;
        if (comments) {
          printComments(atoms.get(i - 1).comments(), column);
        }
        from = i;
      }
    }
  }

  private void printComments(List<Piece> comments, int column) {
    for (Piece comment : comments) {
      if (comment.beginsLine()) {
        lines.add(column, comment.text());
      } else {
        lines.comment(comment.text());
      }
    }
  }

  private static boolean beginsSegment(Atom atom) {
    return atom.lineBreak() == Break.BLOCK || atom.lineBreak() == Break.LABELS;
  }

  private int column(Atom first) {
    boolean layer = first.piece().is("->") && first.depth() == 0;
    return indent + (layer || beginsSegment(first) ? STEP : 2 * STEP);
  }

  /** Prints the atoms {@code from .. to - 1}, in more lines if one does not hold them. */
  private void fill(int firstColumn, int from, int to) {
    int column = firstColumn;
    int start = from;
    while (!fits(column, start, to)) {
      int end = bestBreak(column, start, to);
      if (end == to) {
        break;
      }
      lines.add(column, text(start, end));
      start = end;
      column = indent + 2 * STEP;
    }
    lines.add(column, text(start, to));
  }

  /**
   * The last of the places inside the fewest brackets up to which a line holds the atoms; where
   * there is none, the first place at all, or the end.
   */
  private int bestBreak(int column, int start, int to) {
    int best = to;
    for (int i = start + 1; i < to; i++) {
      if (atoms.get(i).lineBreak() == Break.NONE) {
        continue;
      }
      if (!fits(column, start, i)) {
        return best == to ? i : best;
      }
      if (best == to || atoms.get(i).depth() <= atoms.get(best).depth()) {
        best = i;
      }
    }
    return best;
  }

  private boolean fits(int column, int from, int to) {
    int width = columns[to] - columns[from] - space(from).length();
    return column + width <= Formatter.WIDTH;
  }

  /** On one line, without the comments behind the last. */
  private String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i > from ? space(i) : "").append(text(i));
    }
    return text.toString();
  }

  /** What stands before an atom that does not begin its line. */
  private String space(int index) {
    boolean afterComment = index > 0 && atoms.get(index - 1).endsWithComment();
    return atoms.get(index).spaced() || afterComment ? " " : "";
  }

  private String text(int index) {
    Atom atom = atoms.get(index);
    boolean alone = atom.breaksLine() || index == atoms.size() - 1;
    return alone ? atom.piece().text() : atom.text();
  }
}
