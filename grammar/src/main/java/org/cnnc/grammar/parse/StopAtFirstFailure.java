package org.cnnc.grammar.parse;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ANTLRErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/**
 * Leaves a statement at its first mistake and repairs nothing: {@link FileParser} explains the
 * failure, and decides where to go on.
 */
final class StopAtFirstFailure implements ANTLRErrorStrategy {
  /** A state of the parser in which it chose a way; the way not taken was possible there. */
  private record Choice(int tokenIndex, int state, ParserRuleContext context) {}

  /** The first choice before the current token. */
  private Optional<Choice> choice = Optional.empty();

  @Override
  public void reset(Parser recognizer) {
    choice = Optional.empty();
  }

  @Override
  public void sync(Parser recognizer) {
    int index = recognizer.getInputStream().index();
    if (choice.filter(first -> first.tokenIndex() == index).isEmpty()) {
      choice = Optional.of(new Choice(index, recognizer.getState(), recognizer.getContext()));
    }
  }

  @Override
  public Token recoverInline(Parser recognizer) {
    throw new SyntaxFailure(recognizer.getCurrentToken(), expected(recognizer));
  }

  @Override
  public void recover(Parser recognizer, RecognitionException e) {
    Token token = e.getOffendingToken();
    boolean atToken = token == recognizer.getCurrentToken();
    throw new SyntaxFailure(token, atToken ? expected(recognizer) : Set.of());
  }

  /** All types that could stand here, not only those of the way on which the parser failed. */
  private Set<Integer> expected(Parser recognizer) {
    Set<Integer> types = new HashSet<>(recognizer.getExpectedTokens().toSet());
    int index = recognizer.getInputStream().index();
    choice
        .filter(first -> first.tokenIndex() == index)
        .map(first -> recognizer.getATN().getExpectedTokens(first.state(), first.context()))
        .ifPresent(more -> types.addAll(more.toSet()));
    types.remove(Token.EOF); // the end of a statement, as ANTLR sees it
    types.remove(Token.EPSILON);
    return types;
  }

  @Override
  public boolean inErrorRecoveryMode(Parser recognizer) {
    return false;
  }

  @Override
  public void reportMatch(Parser recognizer) {}

  @Override
  public void reportError(Parser recognizer, RecognitionException e) {}
}
