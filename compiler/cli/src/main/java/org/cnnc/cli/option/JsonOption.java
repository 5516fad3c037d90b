package org.cnnc.cli.option;

import picocli.CommandLine.Option;

/** Whether a program will read the output. */
public final class JsonOption {
  @Option(names = "--json", description = "Print JSON, one object a line, for programs to read.")
  private boolean wanted;

  public boolean isWanted() {
    return wanted;
  }
}
