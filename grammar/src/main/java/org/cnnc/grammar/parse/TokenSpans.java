package org.cnnc.grammar.parse;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;

/**
 * The one place where ANTLR's positions become spans. ANTLR counts code points and names the last
 * one of a token; spans count UTF-16 units and name the one behind it.
 */
final class TokenSpans {
  private final SourceFile file;

  /** UTF-16 offset of each code point; empty where the two counts are the same. */
  private final int[] offsets;

  TokenSpans(SourceFile file) {
    this.file = file;
    String text = file.text();
    int codePoints = text.codePointCount(0, text.length());
    offsets = codePoints == text.length() ? new int[0] : new int[codePoints + 1];
    for (int i = 0, offset = 0; i < offsets.length; i++) {
      offsets[i] = offset;
      offset += offset < text.length() ? Character.charCount(text.codePointAt(offset)) : 0;
    }
  }

  Span of(Token token) {
    return span(token.getStartIndex(), token.getStopIndex() + 1);
  }

  Span of(Token first, Token last) {
    return span(first.getStartIndex(), last.getStopIndex() + 1);
  }

  Span of(ParserRuleContext context) {
    return of(context.getStart(), context.getStop());
  }

  /** Between the token and what precedes it. */
  Span before(Token token) {
    return span(token.getStartIndex(), token.getStartIndex());
  }

  /** Between the token and what follows it. */
  Span behind(Token token) {
    return span(token.getStopIndex() + 1, token.getStopIndex() + 1);
  }

  private Span span(int start, int end) {
    return new Span(file, offset(start), offset(Math.max(start, end)));
  }

  private int offset(int codePoint) {
    return offsets.length == 0
        ? Math.min(codePoint, file.text().length())
        : offsets[Math.min(codePoint, offsets.length - 1)];
  }
}
