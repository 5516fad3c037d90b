package org.cnnc.grammar.source;

/** A source file cannot be read; the message tells the user which and why. */
public final class SourceException extends Exception {
  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
