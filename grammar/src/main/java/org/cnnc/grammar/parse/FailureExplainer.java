package org.cnnc.grammar.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.parse.antlr.CnncParser;

/**
 * Finds the words for a token that does not fit: guesses what was meant from what stands around it,
 * from the plainest guess to the most general sentence.
 */
final class FailureExplainer {
  private final EditableTokens tokens;
  private final TokenSpans spans;
  private final Recovery recovery;
  private final Token networkBrace;

  /**
   * @param networkBrace the brace that the network's statements are in
   */
  FailureExplainer(EditableTokens tokens, TokenSpans spans, Token networkBrace) {
    this.tokens = tokens;
    this.spans = spans;
    this.recovery = new Recovery(tokens);
    this.networkBrace = networkBrace;
  }

  /**
   * @param start the index of the statement's first token
   * @param index the index of the token that does not fit
   * @param expected the types that would
   */
  Explanation explain(int start, int index, Set<Integer> expected) {
    return Stream.<Supplier<Optional<Explanation>>>of(
            () -> unclosedBracket(start, index),
            () -> reservedWord(start, index, expected),
            () -> missingSemicolon(index, expected),
            () -> misspeltKeyword(start, index, expected),
            () -> resultWithoutName(start, index),
            () -> missingToken(index, expected))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> unexpectedToken(start, index, expected));
  }

  // ---- brackets

  private Optional<Explanation> unclosedBracket(int start, int index) {
    Deque<Token> open = openBrackets(start, index);
    if (tokens.typeAt(index) == Token.EOF) {
      return Optional.of(cutFile(open.isEmpty() ? networkBrace : open.peek(), index));
    }
    if (open.isEmpty() || !endsBefore(open.peek().getType(), index)) {
      return Optional.empty();
    }
    Token bracket = open.peek();
    String close = closing(bracket);
    return Optional.of(
        Explanation.of(
            Diagnostic.of(DiagnosticCode.UNCLOSED_BRACKET, spans.of(bracket), bracket.getText())
                .withSecondary(spans.of(tokens.get(index)), "expected `" + close + "` before this")
                .withHelp("add `" + close + "`")));
  }

  /** The brackets of the statement that are open before {@code index}, the innermost first. */
  private Deque<Token> openBrackets(int start, int index) {
    Deque<Token> open = new ArrayDeque<>();
    for (int i = start; i < index; i++) {
      switch (tokens.typeAt(i)) {
        case CnncParser.LEFT_PARENTHESIS, CnncParser.LEFT_BRACKET, CnncParser.LEFT_BRACE ->
            open.push(tokens.get(i));
        case CnncParser.RIGHT_PARENTHESIS, CnncParser.RIGHT_BRACKET, CnncParser.RIGHT_BRACE ->
            open.poll();
        default -> {}
      }
    }
    return open;
  }

  /** Whether the token at {@code index} shows that a bracket before it should have been closed. */
  private boolean endsBefore(int bracket, int index) {
    boolean statement = recovery.beginsKeywordStatement(index);
    if (bracket == CnncParser.LEFT_BRACE) {
      return statement;
    }
    boolean goesOn =
        switch (tokens.typeAt(index - 1)) {
          case CnncParser.COMMA, CnncParser.LEFT_PARENTHESIS, CnncParser.LEFT_BRACKET -> true;
          default -> false;
        };
    return switch (tokens.typeAt(index)) {
      case CnncParser.SEMICOLON, CnncParser.LEFT_BRACE, CnncParser.RIGHT_BRACE, CnncParser.LABELS ->
          !goesOn || tokens.typeAt(index) == CnncParser.RIGHT_BRACE;
      case CnncParser.RIGHT_PARENTHESIS -> bracket == CnncParser.LEFT_BRACKET && !goesOn;
      case CnncParser.RIGHT_BRACKET -> bracket == CnncParser.LEFT_PARENTHESIS && !goesOn;
      default ->
          statement || (!goesOn && tokens.beginsLine(index) && recovery.beginsBinding(index));
    };
  }

  /** The file ends where {@code bracket} is still open. */
  Explanation cutFile(Token bracket, int index) {
    return Explanation.of(
        Diagnostic.of(DiagnosticCode.UNCLOSED_BRACKET, spans.of(bracket), bracket.getText())
            .withSecondary(spans.behind(tokens.get(index - 1)), "the file ends here")
            .withHelp("add `" + closing(bracket) + "`"));
  }

  private static String closing(Token bracket) {
    return switch (bracket.getType()) {
      case CnncParser.LEFT_PARENTHESIS -> ")";
      case CnncParser.LEFT_BRACKET -> "]";
      default -> "}";
    };
  }

  // ---- words

  private Optional<Explanation> reservedWord(int start, int index, Set<Integer> expected) {
    int type = tokens.typeAt(index);
    boolean asName = expected.contains(CnncParser.NAME) && !recovery.beginsKeywordStatement(index);
    if (TokenNames.isKeyword(type) && asName && type != CnncParser.LABELS) {
      return Optional.of(reserved(index));
    }
    if (type == CnncParser.LABELS && asName && tokens.typeAt(index - 1) != CnncParser.ARROW) {
      return Optional.of(reserved(index));
    }
    boolean bound = type == CnncParser.EQUALS && index == start + 1;
    return bound && TokenNames.isKeyword(tokens.typeAt(start))
        ? Optional.of(reserved(start))
        : Optional.empty();
  }

  /** A keyword where a name should be. */
  Explanation reserved(int index) {
    Token word = tokens.get(index);
    return Explanation.of(
        Diagnostic.of(DiagnosticCode.RESERVED_WORD, spans.of(word), word.getText())
            .labelled("expected a name")
            .withHelp("choose another name, such as `" + word.getText() + "_`"));
  }

  private Optional<Explanation> misspeltKeyword(int start, int index, Set<Integer> expected) {
    Token token = tokens.get(index);
    if (token.getType() == CnncParser.NAME) {
      Optional<Integer> meant = TokenNames.misspelt(token.getText(), expected);
      if (meant.isPresent()) {
        return meant.map(type -> misspelt(index, type));
      }
    }
    if (index != start + 1 || tokens.typeAt(start) != CnncParser.NAME) {
      return Optional.empty();
    }
    Set<Integer> possible =
        switch (token.getType()) {
          case CnncParser.NAME -> Set.of(CnncParser.INPUT, CnncParser.OUTPUT, CnncParser.LOSS);
          case CnncParser.LEFT_BRACE -> Set.of(CnncParser.TRAIN);
          default -> Set.of();
        };
    return TokenNames.misspelt(tokens.get(start).getText(), possible)
        .map(type -> misspelt(start, type));
  }

  /** A name where the keyword {@code type} was meant. */
  Explanation misspelt(int index, int type) {
    Token word = tokens.get(index);
    return Explanation.repairable(
        Diagnostic.of(DiagnosticCode.MISSPELT_KEYWORD, spans.of(word), word.getText())
            .withHelp("did you mean `" + TokenNames.unquoted(type) + "`?"),
        mended -> mended.retype(index, type));
  }

  // ---- what is missing

  private Optional<Explanation> missingSemicolon(int index, Set<Integer> expected) {
    boolean settings = expected.contains(CnncParser.LEFT_BRACE) && !tokens.beginsLine(index);
    if (settings && recovery.beginsBinding(index)) {
      return Optional.of(insertion(index, CnncParser.LEFT_BRACE));
    }
    boolean ends =
        tokens.typeAt(index) == CnncParser.RIGHT_BRACE
            || TokenNames.STATEMENT_KEYWORDS.contains(tokens.typeAt(index))
            || recovery.beginsBinding(index);
    return expected.contains(CnncParser.SEMICOLON) && ends
        ? Optional.of(insertion(index, CnncParser.SEMICOLON))
        : Optional.empty();
  }

  private Optional<Explanation> missingToken(int index, Set<Integer> expected) {
    int type = tokens.typeAt(index);
    Set<Integer> useful = TokenNames.withoutOperators(expected);
    boolean value = TokenNames.VALUE_BEGINNINGS.contains(type);
    if (value && useful.contains(CnncParser.COMMA)) {
      return Optional.of(missing(index, CnncParser.COMMA));
    }
    if (type == CnncParser.NAME && useful.contains(CnncParser.ARROW)) {
      return Optional.of(missing(index, CnncParser.ARROW));
    }
    if (useful.size() != 1 || useful.contains(CnncParser.NAME)) {
      return Optional.empty();
    }
    int only = useful.iterator().next();
    if (only == CnncParser.STRING) {
      return Optional.empty();
    }
    boolean plain = only == CnncParser.LEFT_BRACE && recovery.beginsBinding(index);
    return Optional.of(plain ? insertion(index, only) : missing(index, only));
  }

  /** A missing token, which is put in. */
  Explanation insertion(int index, int type) {
    return Explanation.repairable(
        missing(index, type).diagnostic(),
        mended -> mended.insert(index, type, TokenNames.unquoted(type)));
  }

  private Explanation missing(int index, int type) {
    String text = TokenNames.of(type);
    return Explanation.of(
        Diagnostic.of(DiagnosticCode.MISSING_TOKEN, spans.behind(tokens.get(index - 1)), text)
            .withHelp("add " + text + " here"));
  }

  // ---- what is too much

  private Optional<Explanation> resultWithoutName(int start, int index) {
    boolean pipeline = index == start + 1 && tokens.typeAt(index) == CnncParser.ARROW;
    return pipeline && tokens.typeAt(start) == CnncParser.NAME
        ? Optional.of(
            Explanation.of(
                unexpected(index, Set.of(CnncParser.EQUALS))
                    .withHelp("give the result a name: `name = ...;`")))
        : Optional.empty();
  }

  private Explanation unexpectedToken(int start, int index, Set<Integer> expected) {
    Diagnostic diagnostic = unexpected(index, expected);
    int type = tokens.typeAt(index);
    int previous = tokens.typeAt(index - 1);
    if (index == start && type == CnncParser.ARROW && previous == CnncParser.SEMICOLON) {
      return Explanation.of(
          diagnostic.withHelp("remove the `;` before it, if the pipeline goes on here"));
    }
    if (index == start && type == CnncParser.SEMICOLON) {
      return Explanation.of(diagnostic.withHelp("remove it; the statement before it has ended"));
    }
    boolean closes = List.of(CnncParser.RIGHT_BRACKET, CnncParser.RIGHT_PARENTHESIS).contains(type);
    if (closes && previous == CnncParser.COMMA) {
      return Explanation.of(diagnostic.withHelp("remove the `,` before it"));
    }
    return Explanation.of(diagnostic);
  }

  private Diagnostic unexpected(int index, Set<Integer> expected) {
    Token token = tokens.get(index);
    String wanted = TokenNames.anyOf(expected);
    Diagnostic diagnostic =
        Diagnostic.of(
            DiagnosticCode.UNEXPECTED_TOKEN,
            spans.of(token),
            TokenNames.of(token, spans.of(token).text()));
    return wanted.isEmpty() ? diagnostic : diagnostic.labelled("expected " + wanted);
  }

  /** A token where one of {@code expected} should be, without any guess. */
  Explanation plain(int index, Set<Integer> expected) {
    return Explanation.of(unexpected(index, expected));
  }
}
