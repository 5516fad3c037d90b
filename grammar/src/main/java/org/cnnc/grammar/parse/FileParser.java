package org.cnnc.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.parse.antlr.CnncParser;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Name;
import org.cnnc.grammar.syntax.NetworkDeclaration;
import org.cnnc.grammar.syntax.Statement;

/**
 * Parses one file, statement by statement. A failure is explained once; then the tokens are mended
 * and the statement is parsed again, or it is dropped and parsing goes on behind it.
 */
final class FileParser {
  /** After so many mistakes the file is something else than a network. */
  static final int MAXIMUM_MISTAKES = 100;

  private final DiagnosticLog log;
  private final TokenSpans spans;
  private final NavigableSet<Integer> lexicalMistakes;
  private final Set<Integer> lexicalMistakeLines;
  private final EditableTokens tokens;
  private final CnncParser parser;
  private final Recovery recovery;

  private final List<Statement> statements = new ArrayList<>();
  private final Set<String> lostNames = new TreeSet<>();
  private boolean complete = true;
  private int mistakes;
  private int failures;

  /** Whether braces may be out of balance because of what was reported already. */
  private boolean bracesDoubtful;

  /** Whether something was wrong with what was parsed last. */
  private boolean broken;

  /** Set when the rest of the file is behind the end of the network: that is said once. */
  private boolean quiet;

  FileParser(SourceFile file, DiagnosticLog log) {
    this.log = log;
    spans = new TokenSpans(file);
    TokenReader reader = new TokenReader(file, spans, log);
    tokens = new EditableTokens(reader.read());
    lexicalMistakes = reader.mistakes();
    lexicalMistakeLines = reader.lines();
    parser = new CnncParser(tokens);
    parser.removeErrorListeners();
    parser.setErrorHandler(new StopAtFirstFailure());
    recovery = new Recovery(tokens);
  }

  Optional<NetworkDeclaration> parse() {
    Optional<HeaderParser.Header> parsed =
        new HeaderParser(tokens, spans, parser, this::reportHeader).parse();
    if (parsed.isEmpty()) {
      return Optional.empty();
    }
    HeaderParser.Header header = parsed.get();
    Span end = statements(new FailureExplainer(tokens, spans, header.brace()), header.brace());
    Span span = spans.of(header.first()).to(end);
    Name name = new Name(header.name(), header.nameSpan());
    complete &= !givesUp();
    return Optional.of(new NetworkDeclaration(name, statements, lostNames, complete, span));
  }

  /** Parses the statements and what is behind them; gives the place where the network ends. */
  private Span statements(FailureExplainer explainer, Token brace) {
    Optional<Token> end = Optional.empty();
    while (tokens.LA(1) != Token.EOF && !givesUp()) {
      if (end.isPresent() && tokens.LA(1) == CnncParser.NETWORK) {
        break;
      }
      if (tokens.LA(1) != CnncParser.RIGHT_BRACE) {
        statement(explainer);
        continue;
      }
      Token closing = tokens.LT(1);
      bracesDoubtful |= broken && !tokens.beginsLine(tokens.index());
      tokens.consume();
      end = Optional.of(closing);
      if (tokens.LA(1) != Token.EOF) {
        textBehind(closing);
      }
    }
    if (end.isEmpty() && tokens.LA(1) == Token.EOF) {
      reportBraces(explainer.cutFile(brace, tokens.index()).diagnostic());
    }
    return spans.of(end.orElseGet(() -> tokens.get(tokens.index() - 1)));
  }

  /** A brace too many closed the network early, or another network follows. */
  private void textBehind(Token closing) {
    Token next = tokens.LT(1);
    boolean another = next.getType() == CnncParser.NETWORK;
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticCode.TEXT_AFTER_NETWORK, spans.of(next))
            .withSecondary(spans.of(closing), "the network ends here");
    reportBraces(another ? diagnostic.withHelp("a file holds one network") : diagnostic);
    quiet = true;
  }

  private void statement(FailureExplainer explainer) {
    int start = tokens.index();
    OptionalInt tooDeep = NestingCheck.find(tokens, start);
    if (tooDeep.isPresent()) {
      failures++;
      report(TreeBuilder.tooDeep(spans.of(tokens.get(tooDeep.getAsInt()))));
      drop(start, tooDeep.getAsInt());
      return;
    }
    // What follows a broken statement on its line is the rest of it, more often than not.
    boolean rest = broken && !tokens.beginsLine(start);
    broken = false;
    while (!givesUp()) {
      tokens.seek(start);
      try {
        keep(start, parser.statement());
        return;
      } catch (SyntaxFailure failure) {
        failures++;
        parser.setContext(null);
        int index = tokens.indexOf(failure.token(), start);
        Explanation explanation = explainer.explain(start, index, failure.expected());
        boolean consequence =
            rest
                || lexicalMistakeLines.contains(failure.token().getLine())
                || hasLexicalMistake(start, recovery.next(start, index));
        if (!consequence) {
          reportFailure(explanation, index);
        }
        broken = true;
        if (explanation.repair().isEmpty()) {
          drop(start, index);
          return;
        }
        explanation.repair().get().apply(tokens);
      }
    }
  }

  private void reportFailure(Explanation explanation, int index) {
    int type = tokens.typeAt(index);
    if (type == Token.EOF && !broken) {
      reportBraces(explanation.diagnostic());
      return;
    }
    bracesDoubtful |= type == CnncParser.LEFT_BRACE || type == CnncParser.RIGHT_BRACE;
    // What was mended may have been mended wrongly; only another plain mistake is one.
    if (!broken || explanation.repair().isPresent()) {
      report(explanation.diagnostic());
    }
  }

  private void keep(int start, CnncParser.StatementContext context) {
    int end = tokens.index();
    Optional<Statement> statement =
        hasLexicalMistake(start, end)
            ? Optional.empty()
            : new TreeBuilder(spans, this::report).build(context);
    statement.ifPresentOrElse(statements::add, () -> lose(start, end));
  }

  /** Silent failures count too: each may have looked at the whole rest of the file. */
  private boolean givesUp() {
    return mistakes >= MAXIMUM_MISTAKES || failures >= MAXIMUM_MISTAKES;
  }

  private void drop(int start, int failure) {
    int next = Math.max(recovery.next(start, failure), start + 1);
    boolean braces = false;
    for (int i = start; i < next; i++) {
      braces |= tokens.typeAt(i) == CnncParser.LEFT_BRACE;
    }
    boolean wantsBraces =
        tokens.typeAt(start) == CnncParser.TRAIN || tokens.typeAt(start) == CnncParser.INPUT;
    bracesDoubtful |= braces || wantsBraces || tokens.typeAt(next) == Token.EOF;
    lose(start, next);
    tokens.seek(next);
  }

  private void lose(int start, int end) {
    complete = false;
    lostNames.addAll(recovery.namesBound(start, end));
  }

  /** Whether a mistake of the lexer lies between the statement before and the token {@code end}. */
  private boolean hasLexicalMistake(int start, int end) {
    int from = tokens.get(start - 1).getStopIndex() + 1;
    int to = tokens.typeAt(end) == Token.EOF ? Integer.MAX_VALUE : tokens.get(end).getStartIndex();
    return !lexicalMistakes.subSet(from, to).isEmpty();
  }

  private void reportHeader(Diagnostic diagnostic, int index) {
    broken = true;
    int end = index;
    while (tokens.typeAt(end) != CnncParser.LEFT_BRACE && tokens.typeAt(end) != Token.EOF) {
      end++;
    }
    boolean consequence =
        lexicalMistakeLines.contains(tokens.get(index).getLine())
            || !lexicalMistakes.headSet(tokens.get(end).getStopIndex() + 1).isEmpty();
    if (!consequence) {
      report(diagnostic);
    }
  }

  /** Reports what may be the consequence of a mistake before it only if there was none. */
  private void reportBraces(Diagnostic diagnostic) {
    complete = false;
    if (!bracesDoubtful && lexicalMistakes.isEmpty()) {
      report(diagnostic);
    }
    bracesDoubtful = true;
  }

  private void report(Diagnostic diagnostic) {
    mistakes++;
    if (!quiet) {
      log.report(diagnostic);
    }
  }
}
