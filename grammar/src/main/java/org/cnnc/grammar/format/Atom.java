package org.cnnc.grammar.format;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.grammar.syntax.Lexeme.Kind;

/**
 * A word or mark of a statement with the comments behind it.
 *
 * @param spaced whether a space stands before it on a line
 * @param lineBreak what a line break before it means
 * @param depth the brackets around it
 */
record Atom(Piece piece, boolean spaced, Break lineBreak, int depth, List<Piece> comments) {
  /** Where a line can be broken. */
  enum Break {
    NONE,
    /** Where the rest would not fit. */
    FILL,
    /** Before a block of a pipeline, where the statement does not fit. */
    BLOCK,
    /** Before {@code labels}, where the statement does not fit. */
    LABELS
  }

  /** The atoms of a statement, up to its {@code ;} or the brace of its settings. */
  static List<Atom> of(List<Piece> pieces) {
    List<Atom> atoms = new ArrayList<>();
    int depth = 0;
    boolean piped = false;
    Piece previous = null;
    boolean sign = false;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.isComment()) {
        atoms.get(atoms.size() - 1).comments.add(piece);
        continue;
      }
      boolean closes = piece.is(")") || piece.is("]");
      depth -= closes ? 1 : 0;
      boolean isSign = piece.is("-") && (previous == null || isOperator(previous));
      Break lineBreak = Break.NONE;
      if (previous != null) {
        lineBreak = breakBefore(pieces, i, previous, isSign, depth == 0, piped);
      }
      boolean spaced = previous != null && isSpaced(previous, piece, sign, isSign);
      atoms.add(new Atom(piece, spaced, lineBreak, depth, new ArrayList<>()));
      depth += piece.is("(") || piece.is("[") ? 1 : 0;
      piped |= depth == 0 && piece.is("->");
      previous = piece;
      sign = isSign;
    }
    return atoms;
  }

  private static Break breakBefore(
      List<Piece> pieces, int index, Piece previous, boolean isSign, boolean outer, boolean piped) {
    Piece piece = pieces.get(index);
    if (piece.is("->")) {
      return outer && (!piped || isBlockLayer(pieces, index + 1)) ? Break.BLOCK : Break.FILL;
    }
    if (piece.is("labels")) {
      return Break.LABELS;
    }
    boolean term = piece.is("+") || (piece.is("-") && !isSign);
    return term || previous.is(",") ? Break.FILL : Break.NONE;
  }

  private static boolean isBlockLayer(List<Piece> pieces, int from) {
    int index = from;
    while (pieces.get(index).isComment()) {
      index++;
    }
    return Formatter.BLOCK_LAYERS.contains(pieces.get(index).text());
  }

  /** Whether what follows begins an operand, so that {@code -} is its sign. */
  private static boolean isOperator(Piece piece) {
    return switch (piece.text()) {
      case "=", "(", "[", ",", "+", "-", "*", "/" -> piece.kind() == Kind.SYMBOL;
      default -> false;
    };
  }

  private static boolean isSpaced(Piece previous, Piece piece, boolean sign, boolean isSign) {
    if (sign || previous.is("(") || previous.is("[") || isProduct(previous) || isProduct(piece)) {
      return false;
    }
    boolean afterName = previous.kind() == Kind.NAME;
    return switch (piece.text()) {
      case ";", ",", ")", "]" -> piece.kind() != Kind.SYMBOL;
      case "(", "[" -> !afterName;
      default -> !isSign || !isProduct(previous);
    };
  }

  private static boolean isProduct(Piece piece) {
    return piece.is("*") || piece.is("/");
  }

  /** Itself and the comments behind it, as far as they can stand on its line. */
  String text() {
    StringBuilder text = new StringBuilder(piece.text());
    comments.stream()
        .filter(comment -> !comment.breaksLine())
        .forEach(comment -> text.append(' ').append(comment.text()));
    return text.toString();
  }

  /** Whether it ends with a comment, which wants a space behind it. */
  boolean endsWithComment() {
    return !comments.isEmpty();
  }

  boolean breaksLine() {
    return comments.stream().anyMatch(Piece::breaksLine);
  }
}
