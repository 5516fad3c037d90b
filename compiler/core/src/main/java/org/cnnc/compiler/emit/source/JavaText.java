package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of one statement, with the places where its line may break. A break knows how deep it
 * lies in the statement; a line that is too long breaks at its outermost break, the last that fits.
 */
final class JavaText {
  static final int LINE_WIDTH = 100;

  /** JavaPoet indents what follows the first line of a statement by two steps. */
  private static final int CONTINUATION_INDENT = 4;

  /** Precedences stay below this, so that depth in parentheses counts first. */
  private static final int NESTING = 32;

  private final List<Piece> pieces = new ArrayList<>();
  private int nesting;

  /**
   * A part of the statement.
   *
   * @param code for JavaPoet
   * @param width characters, as JavaPoet will print it
   * @param depth of the place where a line may break instead of the space before; negative: none
   */
  private record Piece(CodeBlock code, int width, int depth) {
    boolean mayBreakBefore() {
      return depth >= 0;
    }
  }

  JavaText add(String text) {
    pieces.add(new Piece(CodeBlock.of("$L", text), text.length(), -1));
    return this;
  }

  JavaText add(ClassName type) {
    int width = String.join(".", type.simpleNames()).length();
    pieces.add(new Piece(CodeBlock.of("$T", type), width, -1));
    return this;
  }

  /** A space, or a line break. */
  JavaText space(int precedence) {
    pieces.add(new Piece(CodeBlock.of(" "), 1, nesting * NESTING + precedence));
    return this;
  }

  /** The dot before a method of a chain: {@code .name}, on a line of its own where one is full. */
  JavaText dot(String method) {
    pieces.add(new Piece(CodeBlock.of(""), 0, nesting * NESTING + JavaOperators.PRIMARY));
    return add("." + method);
  }

  /** Opens a parenthesis. */
  JavaText open() {
    nesting++;
    return add("(");
  }

  /** Parts two arguments. */
  JavaText comma() {
    return add(",").space(0);
  }

  /** Closes a parenthesis. */
  JavaText close() {
    nesting--;
    return add(")");
  }

  /** The statement's code; {@code indent} is the column where it begins. */
  CodeBlock toCode(int indent) {
    CodeBlock.Builder code = CodeBlock.builder();
    int begin = 0;
    int room = LINE_WIDTH - indent;
    while (begin < pieces.size()) {
      int end = endOfLine(begin, room);
      pieces.subList(begin, end).forEach(piece -> code.add(piece.code));
      if (end < pieces.size()) {
        code.add("\n");
        end++;
      }
      begin = end;
      room = LINE_WIDTH - indent - CONTINUATION_INDENT;
    }
    return code.build();
  }

  /** Position of the break that ends the line, or of the end of the statement. */
  private int endOfLine(int begin, int room) {
    int width = 1; // the semicolon or brace that follows
    int best = -1;
    for (int i = begin; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.mayBreakBefore() && (best < 0 || piece.depth <= pieces.get(best).depth)) {
        best = i;
      }
      width += piece.width;
      if (width > room && best >= 0) {
        return best;
      }
    }
    return pieces.size();
  }
}
