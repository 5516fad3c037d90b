package org.cnnc.grammar.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.parse.antlr.CnncLexer;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;

/**
 * Cuts the text into tokens, reports the characters and words that are none, and puts the nearest
 * right token in their place, so that the parser does not stumble a second time.
 */
final class TokenReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
  private static final Pattern SIZES = Pattern.compile("([0-9]+)[xX]([0-9]+)");

  /**
   * Of a name. Names become parts of the names of classes and of files, for which file systems
   * allow 255 characters.
   */
  static final int LONGEST_NAME = 100;

  /** What to do about characters that are easily taken for ours. */
  private static final Map<String, String> HELP =
      Map.of(
          "\u2013", "write `-`",
          "\u2014", "write `-`",
          "\u2212", "write `-`",
          "\u2192", "write `->`",
          "\u00D7", "write `*`",
          "\u00F7", "write `/`",
          "\u00A0", "write a space",
          ":", "write `=`",
          "#", "a comment begins with `//`");

  private final SourceFile file;
  private final TokenSpans spans;
  private final DiagnosticLog log;
  private final NavigableSet<Integer> mistakes = new TreeSet<>();
  private final List<Token> tokens = new ArrayList<>();
  private final Set<Integer> lines = new HashSet<>();
  private final Set<String> wrongNames = new HashSet<>();

  /** How many tokens there were with the last mistake: no more means that it is a neighbour. */
  private int tokensAtLastMistake;

  TokenReader(SourceFile file, TokenSpans spans, DiagnosticLog log) {
    this.file = file;
    this.spans = spans;
    this.log = log;
  }

  /** The tokens, the last of them the end of the file. */
  List<Token> read() {
    CnncLexer lexer = new CnncLexer(CharStreams.fromString(file.text(), file.name()));
    lexer.removeErrorListeners(); // every character belongs to a token
    for (Token token : lexer.getAllTokens()) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        add((CommonToken) token);
      }
    }
    tokens.add(lexer.emitEOF());
    return tokens;
  }

  /** Where mistakes begin, as ANTLR counts; in and around them nothing more is to be said. */
  NavigableSet<Integer> mistakes() {
    return mistakes;
  }

  /** The lines with mistakes. */
  Set<Integer> lines() {
    return lines;
  }

  private void add(CommonToken token) {
    switch (token.getType()) {
      case CnncLexer.UNEXPECTED -> unexpected(token);
      case CnncLexer.UNCLOSED_COMMENT ->
          report(
              token,
              Diagnostic.of(DiagnosticCode.UNCLOSED_COMMENT, first(token, 2))
                  .withHelp("end the comment with `*/`"));
      case CnncLexer.UNCLOSED_STRING -> {
        report(
            token,
            Diagnostic.of(DiagnosticCode.UNCLOSED_TEXT, first(token, 1))
                .labelled("the text begins here")
                .withHelp("end the text with `\"` on the same line"));
        keep(token, CnncLexer.STRING);
      }
      case CnncLexer.WRONG_QUOTES -> {
        report(
            token,
            Diagnostic.of(DiagnosticCode.WRONG_QUOTES, spans.of(token))
                .withHelp("write `\"" + inner(spans.of(token).text()) + "\"`"));
        keep(token, CnncLexer.STRING);
      }
      case CnncLexer.MALFORMED_NUMBER -> {
        malformedNumber(token);
        keep(token, CnncLexer.NUMBER);
      }
      case CnncLexer.NAME -> {
        checkName(token);
        keep(token, CnncLexer.NAME);
      }
      default -> tokens.add(token);
    }
  }

  private void keep(CommonToken token, int type) {
    token.setType(type);
    tokens.add(token);
  }

  private void unexpected(Token token) {
    if (lines.contains(token.getLine())) {
      mistakes.add(token.getStartIndex()); // of several such characters in a line one is enough
      return;
    }
    Span span = spans.of(token);
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticCode.UNEXPECTED_CHARACTER, span, character(span.text()));
    report(
        token,
        Optional.ofNullable(HELP.get(span.text())).map(diagnostic::withHelp).orElse(diagnostic));
  }

  private static String character(String text) {
    int codePoint = text.codePointAt(0);
    boolean visible =
        switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR,
              Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              false;
          default -> true;
        };
    return visible ? "`" + text + "`" : String.format("U+%04X", codePoint);
  }

  private void malformedNumber(Token token) {
    Span span = spans.of(token);
    String text = span.text();
    Diagnostic diagnostic = Diagnostic.of(DiagnosticCode.INVALID_NUMBER, span, shortened(text));
    var sizes = SIZES.matcher(text);
    if (sizes.matches()) {
      diagnostic = diagnostic.withHelp("write `[" + sizes.group(1) + ", " + sizes.group(2) + "]`");
    } else if (text.matches("\\.[0-9]+")) {
      diagnostic = diagnostic.withHelp("write `0" + text + "`");
    }
    report(token, diagnostic);
  }

  private void checkName(Token token) {
    Span span = spans.of(token);
    Optional<Diagnostic> wrong = wrongName(span);
    if (wrong.isEmpty()) {
      return;
    }
    if (wrongNames.add(span.text())) {
      report(token, wrong.get());
    } else {
      mistakes.add(token.getStartIndex()); // said where the name stood first
      lines.add(token.getLine());
    }
  }

  private static Optional<Diagnostic> wrongName(Span span) {
    String name = span.text();
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          Diagnostic.of(DiagnosticCode.INVALID_NAME, span, shortened(name))
              .withHelp("a name consists of the letters a to z and A to Z, digits and `_`"));
    }
    if (name.length() > LONGEST_NAME) {
      return Optional.of(
          Diagnostic.of(DiagnosticCode.NAME_TOO_LONG, span, LONGEST_NAME)
              .labelled(String.format(Locale.ROOT, "%,d characters", name.length()))
              .withHelp("choose a shorter name"));
    }
    return Optional.empty();
  }

  private void report(Token token, Diagnostic diagnostic) {
    boolean neighbour = !tokens.isEmpty() && tokens.size() == tokensAtLastMistake;
    if (mistakes.size() < FileParser.MAXIMUM_MISTAKES && !neighbour) {
      log.report(diagnostic);
    }
    mistakes.add(token.getStartIndex());
    lines.add(token.getLine());
    tokensAtLastMistake = tokens.size() + (token.getType() == CnncLexer.UNEXPECTED ? 0 : 1);
  }

  private Span first(Token token, int characters) {
    Span span = spans.of(token);
    return new Span(file, span.start(), span.start() + characters);
  }

  private static String inner(String quoted) {
    return quoted.substring(1, quoted.length() - 1);
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 37) + "..." : text;
  }
}
