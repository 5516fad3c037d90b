package org.cnnc.grammar.syntax;

import org.cnnc.grammar.source.Span;

/** A word, a mark or a comment of the text, where it stands. */
public record Lexeme(Kind kind, Span span) {
  /** What a lexeme is. */
  public enum Kind {
    /** A reserved word. */
    KEYWORD,
    NAME,
    NUMBER,
    /** In quotes. */
    TEXT,
    /** {@code ->}, an operator, a bracket, a separator. */
    SYMBOL,
    /** To the end of the line. */
    LINE_COMMENT,
    /** To its own end, on this line or a later one. */
    BLOCK_COMMENT
  }

  public boolean isComment() {
    return kind == Kind.LINE_COMMENT || kind == Kind.BLOCK_COMMENT;
  }

  public boolean is(String text) {
    return !isComment() && kind != Kind.TEXT && text().equals(text);
  }

  /** As written. */
  public String text() {
    return span.text();
  }
}
