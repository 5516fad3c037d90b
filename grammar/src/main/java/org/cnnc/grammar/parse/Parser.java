package org.cnnc.grammar.parse;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Lexeme;
import org.cnnc.grammar.syntax.NetworkDeclaration;

/** Reads a file of the language: text in, syntax tree and diagnostics out. */
public final class Parser {
  private Parser() {}

  /**
   * The network of a file. Statements with a syntax error are reported and left out; where it is
   * plain what was meant, as with a missing {@code ;}, they are reported and kept.
   *
   * @return empty, and an error in the log, only if no network can be recognised
   */
  public static Optional<NetworkDeclaration> parse(SourceFile file, DiagnosticLog log) {
    if (file.text().length() > SourceFile.MAXIMUM_BYTES) {
      log.report(Diagnostic.of(DiagnosticCode.FILE_TOO_LARGE, new Span(file, 0, 0), "1 MiB"));
      return Optional.empty();
    }
    OptionalInt stray = file.strayByte();
    if (stray.isPresent()) {
      log.report(notUtf8(file, stray.getAsInt()));
      return Optional.empty();
    }
    return new FileParser(file, log).parse();
  }

  private static Diagnostic notUtf8(SourceFile file, int offset) {
    String digits = Integer.toHexString(file.text().charAt(offset) & 0xff).toUpperCase(Locale.ROOT);
    return Diagnostic.of(DiagnosticCode.NOT_UTF8, new Span(file, offset, offset + 1), digits)
        .withHelp("save the file as UTF-8");
  }

  /**
   * The words, marks and comments of a file in their order; only white space lies between them.
   *
   * @param file without syntax errors
   */
  public static List<Lexeme> lexemes(SourceFile file) {
    return LexemeReader.read(file);
  }

  /** The words that cannot be names, in the order of the alphabet. */
  public static List<String> reservedWords() {
    return TokenNames.KEYWORDS.keySet().stream().sorted().toList();
  }
}
