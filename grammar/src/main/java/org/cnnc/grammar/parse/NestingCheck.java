package org.cnnc.grammar.parse;

import java.util.OptionalInt;
import org.antlr.v4.runtime.Token;
import org.cnnc.grammar.parse.antlr.CnncParser;

/** Finds brackets that are nested so deeply that ANTLR's recursion would overflow the stack. */
final class NestingCheck {
  private NestingCheck() {}

  /** The index of the first bracket too deep in the statement that begins at {@code start}. */
  static OptionalInt find(EditableTokens tokens, int start) {
    int depth = 0;
    int braces = 0;
    for (int i = start; tokens.typeAt(i) != Token.EOF; i++) {
      switch (tokens.typeAt(i)) {
        case CnncParser.LEFT_PARENTHESIS, CnncParser.LEFT_BRACKET -> depth++;
        case CnncParser.RIGHT_PARENTHESIS, CnncParser.RIGHT_BRACKET -> depth--;
        case CnncParser.LEFT_BRACE -> braces++;
        case CnncParser.RIGHT_BRACE -> braces--;
        case CnncParser.SEMICOLON -> depth = 0;
        default -> {}
      }
      if (depth > TreeBuilder.MAXIMUM_DEPTH) {
        return OptionalInt.of(i);
      }
      if (braces <= 0 && depth <= 0 && endsStatement(tokens.typeAt(i))) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  private static boolean endsStatement(int type) {
    return type == CnncParser.SEMICOLON || type == CnncParser.RIGHT_BRACE;
  }
}
