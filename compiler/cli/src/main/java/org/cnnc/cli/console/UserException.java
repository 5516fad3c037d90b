package org.cnnc.cli.console;

/** The user's input is wrong; the message says what is, in one line. */
public final class UserException extends Exception {
  private static final long serialVersionUID = 1L;

  public UserException(String message) {
    super(message);
  }
}
