package org.cnnc.grammar.format;

import java.util.List;

/** Lays out a file: the statements of its network, one under the other, and the comments. */
final class FileLayout {
  private static final int STEP = 4;

  private final List<Piece> pieces;
  private final Lines lines = new Lines();
  private int position;

  FileLayout(List<Piece> pieces) {
    this.pieces = pieces;
  }

  String print() {
    entries(0);
    return lines.print();
  }

  /** Statements and comments, up to the brace that closes them or the end of the file. */
  private void entries(int indent) {
    boolean first = true;
    while (position < pieces.size() && !pieces.get(position).is("}")) {
      Piece piece = pieces.get(position);
      if (piece.blankBefore() && !first) {
        lines.blank();
      }
      first = false;
      if (piece.isComment()) {
        position++;
        lines.add(indent, piece.text());
        printCommentsBehind();
      } else {
        statement(indent);
      }
    }
  }

  private void statement(int indent) {
    int start = position;
    while (!pieces.get(position).is(";") && !pieces.get(position).is("{")) {
      position++;
    }
    boolean block = pieces.get(position).is("{");
    boolean network = pieces.get(start).is("network");
    if (block && !network && printOnOneLine(indent, start)) {
      return;
    }
    position++;
    skipCommentsBehind();
    layout(indent, start).print();
    if (block) {
      entries(indent + STEP);
      lines.add(indent, "}");
      position++;
      printCommentsBehind();
    }
  }

  /** Prints a statement with its settings, unless that is long or a comment forbids it. */
  private boolean printOnOneLine(int indent, int start) {
    int brace = position;
    while (!pieces.get(position).is("}")) {
      position++;
    }
    position++;
    int end = position;
    skipCommentsBehind();
    boolean printed =
        pieces.subList(start, end).stream().noneMatch(Piece::breaksLine)
            && layout(indent, start).printOnOneLine();
    position = printed ? position : brace;
    return printed;
  }

  /** The layout of the pieces from {@code start} up to here. */
  private StatementLayout layout(int indent, int start) {
    return new StatementLayout(lines, indent, Atom.of(pieces.subList(start, position)));
  }

  private void skipCommentsBehind() {
    while (position < pieces.size()
        && pieces.get(position).isComment()
        && !pieces.get(position).beginsLine()) {
      position++;
    }
  }

  private void printCommentsBehind() {
    int start = position;
    skipCommentsBehind();
    pieces.subList(start, position).forEach(comment -> lines.comment(comment.text()));
  }
}
