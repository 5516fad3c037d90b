package org.cnnc.grammar.parse;

import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * The tokens of a file, the last of them the end of the file. Where a mistake is plain, it is
 * mended here, so that the statement can be parsed again.
 */
final class EditableTokens extends CommonTokenStream {
  EditableTokens(List<Token> tokens) {
    super(new ListTokenSource(tokens));
    fill();
  }

  int typeAt(int index) {
    return index < 0 || index >= tokens.size() ? Token.EOF : tokens.get(index).getType();
  }

  /** The place of a token at or behind {@code from}. */
  int indexOf(Token token, int from) {
    int index = from;
    while (tokens.get(index) != token && index < tokens.size() - 1) {
      index++;
    }
    return index;
  }

  /** Whether no other token stands before this one on its line. */
  boolean beginsLine(int index) {
    return index == 0 || tokens.get(index - 1).getLine() < tokens.get(index).getLine();
  }

  /** Puts an empty token before the one at {@code index}, right behind its predecessor. */
  void insert(int index, int type, String text) {
    CommonToken token = new CommonToken(type, text);
    Token previous = tokens.get(Math.max(0, index - 1));
    token.setStartIndex(index == 0 ? 0 : previous.getStopIndex() + 1);
    token.setStopIndex(token.getStartIndex() - 1);
    token.setLine(previous.getLine());
    tokens.add(index, token);
  }

  /** Forgets the tokens {@code from .. to - 1}. */
  void remove(int from, int to) {
    tokens.subList(from, to).clear();
  }

  void retype(int index, int type) {
    ((CommonToken) tokens.get(index)).setType(type);
  }
}
