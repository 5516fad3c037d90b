package org.cnnc.grammar.parse;

import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.antlr.v4.runtime.Token;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.parse.antlr.CnncParser;
import org.cnnc.grammar.source.Span;

/**
 * Parses the keyword, the name and the brace of the network, mending what is wrong in it if at all
 * possible, so that the statements can be parsed.
 */
final class HeaderParser {
  /** Stands for a name that is missing, so that there is a tree to go on with. */
  private static final String NO_NAME = "Unnamed";

  private static final int MOST_REPAIRS = 4;

  /**
   * What was found.
   *
   * @param first the first token, where the network's span begins
   * @param brace the brace that opens the network
   */
  record Header(Token first, String name, Span nameSpan, Token brace) {}

  private final EditableTokens tokens;
  private final TokenSpans spans;
  private final CnncParser parser;
  private final ObjIntConsumer<Diagnostic> report;
  private final FailureExplainer explainer;
  private boolean reported;

  /**
   * @param report takes a diagnostic and the index of the token at which it was noticed
   */
  HeaderParser(
      EditableTokens tokens,
      TokenSpans spans,
      CnncParser parser,
      ObjIntConsumer<Diagnostic> report) {
    this.tokens = tokens;
    this.spans = spans;
    this.parser = parser;
    this.report = report;
    this.explainer = new FailureExplainer(tokens, spans, tokens.get(0));
  }

  /** The header, after which the statements begin; empty if there is no network. */
  Optional<Header> parse() {
    if (!findKeyword()) {
      return Optional.empty();
    }
    int start = tokens.index();
    for (int repairs = 0; repairs < MOST_REPAIRS; repairs++) {
      tokens.seek(start);
      try {
        CnncParser.HeaderContext header = parser.header();
        Token name = header.NAME().getSymbol();
        return Optional.of(
            new Header(
                header.getStart(),
                name.getText(),
                spans.of(name),
                header.LEFT_BRACE().getSymbol()));
      } catch (SyntaxFailure failure) {
        parser.setContext(null);
        if (!mend(tokens.indexOf(failure.token(), start), failure.expected())) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Goes to {@code network}, or makes one of what stands for it. */
  private boolean findKeyword() {
    int type = tokens.typeAt(0);
    if (type == CnncParser.NETWORK) {
      return true;
    }
    if (type == CnncParser.NAME && mendKeyword()) {
      return true;
    }
    int keyword = 0;
    while (tokens.typeAt(keyword) != CnncParser.NETWORK && tokens.typeAt(keyword) != Token.EOF) {
      keyword++;
    }
    if (tokens.typeAt(keyword) == CnncParser.NETWORK) {
      reportOnce(explainer.plain(0, Set.of(CnncParser.NETWORK)).diagnostic(), 0);
      tokens.seek(keyword);
      return true;
    }
    reportOnce(
        Diagnostic.of(DiagnosticCode.NO_NETWORK, spans.of(tokens.get(0)))
            .labelled("expected `network`")
            .withHelp("a file begins with `network Name {`"),
        0);
    return false;
  }

  private boolean mendKeyword() {
    boolean named = tokens.typeAt(1) == CnncParser.NAME;
    boolean opened = tokens.typeAt(1) == CnncParser.LEFT_BRACE;
    Optional<Integer> meant =
        TokenNames.misspelt(tokens.get(0).getText(), Set.of(CnncParser.NETWORK));
    if (meant.isPresent() && (named || opened)) {
      apply(explainer.misspelt(0, CnncParser.NETWORK), 0);
      return true;
    }
    if (opened) {
      Span before = spans.before(tokens.get(0));
      reportOnce(
          Diagnostic.of(DiagnosticCode.MISSING_TOKEN, before, "`network`")
              .withHelp("add `network` here"),
          0);
      tokens.insert(0, CnncParser.NETWORK, "network");
      return true;
    }
    return false;
  }

  /** Mends the token at {@code index}; false if nothing can be done. */
  private boolean mend(int index, Set<Integer> expected) {
    int type = tokens.typeAt(index);
    if (type == Token.EOF) {
      reportOnce(explainer.plain(index, expected).diagnostic(), index);
      return false;
    }
    if (expected.contains(CnncParser.LEFT_BRACE)) {
      return mendBrace(index);
    }
    if (TokenNames.isKeyword(type) && tokens.typeAt(index + 1) == CnncParser.LEFT_BRACE) {
      reportOnce(explainer.reserved(index).diagnostic(), index);
      tokens.retype(index, CnncParser.NAME);
      return true;
    }
    reportOnce(explainer.plain(index, expected).diagnostic(), index);
    tokens.insert(index, CnncParser.NAME, NO_NAME);
    return true;
  }

  private boolean mendBrace(int index) {
    Recovery recovery = new Recovery(tokens);
    boolean statement = recovery.beginsKeywordStatement(index) || recovery.beginsBinding(index);
    if (statement) {
      apply(explainer.insertion(index, CnncParser.LEFT_BRACE), index);
      return true;
    }
    reportOnce(explainer.plain(index, Set.of(CnncParser.LEFT_BRACE)).diagnostic(), index);
    int brace = index;
    while (tokens.typeAt(brace) != CnncParser.LEFT_BRACE) {
      if (tokens.typeAt(brace) == Token.EOF || recovery.beginsKeywordStatement(brace)) {
        tokens.insert(brace, CnncParser.LEFT_BRACE, "{");
        break;
      }
      brace++;
    }
    tokens.remove(index, brace);
    return true;
  }

  private void apply(Explanation explanation, int index) {
    reportOnce(explanation.diagnostic(), index);
    explanation.repair().ifPresent(repair -> repair.apply(tokens));
  }

  private void reportOnce(Diagnostic diagnostic, int index) {
    if (!reported) {
      report.accept(diagnostic, index);
    }
    reported = true;
  }
}
