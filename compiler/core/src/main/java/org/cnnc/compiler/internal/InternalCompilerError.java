package org.cnnc.compiler.internal;

/** A bug in cnnc, never the user's mistake; the message names what is broken. */
public final class InternalCompilerError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InternalCompilerError(String message) {
    super(message);
  }

  public InternalCompilerError(String message, Throwable cause) {
    super(message, cause);
  }
}
