package org.cnnc.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** The two streams a command writes to. Every line is on its way when the method returns. */
public final class Console {
  private final Writer out;
  private final Writer err;
  private final boolean terminal;

  /**
   * A console over two writers.
   *
   * @param out results
   * @param err messages and progress
   * @param terminal whether a person watches: progress bars and colours are shown
   */
  public Console(Writer out, Writer err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Whether a person watches. */
  public boolean isTerminal() {
    return terminal;
  }

  /**
   * Writes a line of the result.
   *
   * @throws OutputException if nobody can read it, the reader of a pipe having gone, say
   */
  public void line(String text) {
    print(text + "\n");
  }

  /** Writes text of the result as it is. */
  public void print(String text) {
    try {
      out.write(text);
      out.flush();
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }

  /** Writes a line that is no result: a warning, a message. */
  public void message(String text) {
    progress(text + "\n");
  }

  /** Writes text that is no result as it is. Where it cannot be written, it is not missed. */
  public void progress(String text) {
    try {
      err.write(text);
      err.flush();
    } catch (IOException e) {
      // Nobody is left to be told.
      return;
    }
  }

  /** Where results go, for picocli. */
  public PrintWriter out() {
    return new PrintWriter(out, true);
  }

  /** Where messages go, for picocli. */
  public PrintWriter err() {
    return new PrintWriter(err, true);
  }
}
