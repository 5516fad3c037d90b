package org.cnnc.grammar.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.source.LineMap;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.syntax.Lexeme;
import org.cnnc.grammar.syntax.Lexeme.Kind;

/**
 * A lexeme with all of the white space before it that is kept.
 *
 * @param text a comment without white space at the ends of its lines
 * @param beginsLine whether it is the first on its line
 * @param blankBefore whether an empty line stands before it
 */
record Piece(Lexeme lexeme, String text, boolean beginsLine, boolean blankBefore) {
  private static final Pattern LINE_END = Pattern.compile("[ \t]*(\r\n|\r|\n)");

  static List<Piece> piecesOf(SourceFile file) {
    LineMap lines = new LineMap(file);
    List<Piece> pieces = new ArrayList<>();
    int lastLine = 0;
    for (Lexeme lexeme : Parser.lexemes(file)) {
      int line = lines.line(lexeme.span().start());
      boolean blank = lastLine > 0 && line > lastLine + 1;
      pieces.add(new Piece(lexeme, textOf(lexeme), line > lastLine, blank));
      lastLine = lines.line(lexeme.span().end());
    }
    return pieces;
  }

  private static String textOf(Lexeme lexeme) {
    return lexeme.isComment()
        ? LINE_END.matcher(lexeme.text()).replaceAll("\n").stripTrailing()
        : lexeme.text();
  }

  boolean isComment() {
    return lexeme.isComment();
  }

  boolean is(String mark) {
    return lexeme.is(mark);
  }

  Kind kind() {
    return lexeme.kind();
  }

  /** A comment behind which a line must end: nothing can follow, or it has several lines. */
  boolean endsLine() {
    return kind() == Kind.LINE_COMMENT || text.indexOf('\n') >= 0;
  }

  /** A comment that cannot stand amid a line. */
  boolean breaksLine() {
    return isComment() && (beginsLine || endsLine());
  }
}
