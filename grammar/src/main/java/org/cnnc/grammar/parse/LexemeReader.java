package org.cnnc.grammar.parse;

import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.cnnc.grammar.parse.antlr.CnncLexer;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.syntax.Lexeme;
import org.cnnc.grammar.syntax.Lexeme.Kind;

/** Cuts a right text into its lexemes, comments among them. */
final class LexemeReader {
  private LexemeReader() {}

  static List<Lexeme> read(SourceFile file) {
    CnncLexer lexer = new CnncLexer(CharStreams.fromString(file.text(), file.name()));
    lexer.removeErrorListeners(); // every character belongs to a token
    TokenSpans spans = new TokenSpans(file);
    return lexer.getAllTokens().stream()
        .<Lexeme>map(token -> new Lexeme(kind(token), spans.of(token)))
        .toList();
  }

  private static Kind kind(Token token) {
    int type = token.getType();
    return switch (type) {
      case CnncLexer.NAME -> Kind.NAME;
      case CnncLexer.NUMBER -> Kind.NUMBER;
      case CnncLexer.STRING -> Kind.TEXT;
      case CnncLexer.LINE_COMMENT -> Kind.LINE_COMMENT;
      case CnncLexer.BLOCK_COMMENT -> Kind.BLOCK_COMMENT;
      default -> TokenNames.isKeyword(type) ? Kind.KEYWORD : Kind.SYMBOL;
    };
  }
}
