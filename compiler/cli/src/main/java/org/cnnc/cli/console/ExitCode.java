package org.cnnc.cli.console;

/** What a command ends with. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** The user's input is wrong. */
  public static final int WRONG_INPUT = 1;

  /** The command line is wrong. */
  public static final int WRONG_USAGE = 2;

  /** A bug in cnnc. */
  public static final int BUG = 70;

  /** Nobody reads the output any more: what a shell calls death by SIGPIPE. */
  public static final int CLOSED_PIPE = 141;

  private ExitCode() {}
}
