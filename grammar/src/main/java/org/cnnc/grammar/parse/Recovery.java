package org.cnnc.grammar.parse;

import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;
import org.cnnc.grammar.parse.antlr.CnncParser;

/** Finds the end of a statement that cannot be parsed, and what is lost with it. */
final class Recovery {
  private final EditableTokens tokens;

  Recovery(EditableTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The index of the next statement, or of the brace or the end of file that ends the network.
   *
   * @param start the first token of the broken statement
   * @param failure the token that does not fit; the next statement is not before it
   */
  int next(int start, int failure) {
    int braces = 0;
    int parentheses = 0;
    for (int i = start; ; i++) {
      boolean behind = i >= failure && i > start;
      if (tokens.typeAt(i) == Token.EOF) {
        return i;
      }
      if (behind && (beginsKeywordStatement(i) || (braces == 0 && beginsLineAsBinding(i)))) {
        if (parentheses == 0 || i == failure || !beginsLineAsBinding(i)) {
          return i;
        }
      }
      switch (tokens.typeAt(i)) {
        case CnncParser.LEFT_PARENTHESIS, CnncParser.LEFT_BRACKET -> parentheses++;
        case CnncParser.RIGHT_PARENTHESIS, CnncParser.RIGHT_BRACKET ->
            parentheses = Math.max(0, parentheses - 1);
        case CnncParser.LEFT_BRACE -> {
          braces++;
          parentheses = 0;
        }
        case CnncParser.RIGHT_BRACE -> {
          if (braces == 0 && i > start) {
            return i;
          }
          braces = Math.max(0, braces - 1);
          if (braces == 0 && behind) {
            return tokens.typeAt(i + 1) == CnncParser.SEMICOLON ? i + 2 : i + 1;
          }
        }
        case CnncParser.SEMICOLON -> {
          parentheses = 0;
          if (braces == 0 && i >= failure) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
  }

  /** Reserved words are never names, so one that begins a line or follows an end is a statement. */
  boolean beginsKeywordStatement(int index) {
    if (!TokenNames.STATEMENT_KEYWORDS.contains(tokens.typeAt(index))
        || tokens.typeAt(index + 1) == CnncParser.EQUALS) {
      return false;
    }
    return switch (tokens.typeAt(index - 1)) {
      case CnncParser.SEMICOLON, CnncParser.LEFT_BRACE, CnncParser.RIGHT_BRACE -> true;
      default -> tokens.beginsLine(index);
    };
  }

  /** Whether {@code name =} or {@code [name, name] =} stands here. */
  boolean beginsBinding(int index) {
    int i = index;
    if (tokens.typeAt(i) == CnncParser.LEFT_BRACKET) {
      do {
        i++;
        if (tokens.typeAt(i) != CnncParser.NAME) {
          return false;
        }
        i++;
      } while (tokens.typeAt(i) == CnncParser.COMMA);
      return tokens.typeAt(i) == CnncParser.RIGHT_BRACKET
          && tokens.typeAt(i + 1) == CnncParser.EQUALS;
    }
    return tokens.typeAt(i) == CnncParser.NAME && tokens.typeAt(i + 1) == CnncParser.EQUALS;
  }

  private boolean beginsLineAsBinding(int index) {
    return tokens.beginsLine(index) && beginsBinding(index);
  }

  /** The names that the tokens {@code start .. end - 1} would have bound, and maybe a few more. */
  Set<String> namesBound(int start, int end) {
    Set<String> names = new TreeSet<>();
    int targetsEnd = targetsEnd(start, end);
    for (int i = start; i < end; i++) {
      boolean afterKeyword =
          switch (tokens.typeAt(i - 1)) {
            case CnncParser.INPUT, CnncParser.OUTPUT, CnncParser.AS -> true;
            default -> false;
          };
      boolean beforeEquals = tokens.typeAt(i + 1) == CnncParser.EQUALS;
      if (tokens.typeAt(i) == CnncParser.NAME
          && (i == start || i < targetsEnd || afterKeyword || beforeEquals)) {
        names.add(tokens.get(i).getText());
      }
    }
    return names;
  }

  /** Behind the list on the left of {@code =}; {@code start} if there is none. */
  private int targetsEnd(int start, int end) {
    if (tokens.typeAt(start) != CnncParser.LEFT_BRACKET) {
      return start;
    }
    int i = start;
    while (i < end && tokens.typeAt(i) != CnncParser.EQUALS) {
      i++;
    }
    return i;
  }
}
