package org.cnnc.cli.option;

import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How many threads compute; changes no bit of a result. */
public final class ThreadsOption {
  private static final int MOST = 1024;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  private OptionalInt threads = OptionalInt.empty();

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "N",
      description =
          "How many threads compute; changes no result (default: the processors available).")
  void setThreads(int wanted) {
    if (wanted < 1 || wanted > MOST) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--threads': expected 1 to " + MOST + ", found " + wanted);
    }
    threads = OptionalInt.of(wanted);
  }

  /** The number asked for, or that of the processors available. */
  public int count() {
    return threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }
}
