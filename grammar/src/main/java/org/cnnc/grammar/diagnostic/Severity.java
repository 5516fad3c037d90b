package org.cnnc.grammar.diagnostic;

/** How bad it is. */
public enum Severity {
  /** Nothing is compiled. */
  ERROR("error"),
  /** Compiled all the same. */
  WARNING("warning");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  /** As in messages. */
  public String word() {
    return word;
  }
}
