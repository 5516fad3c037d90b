package org.cnnc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code cnnc}. */
@Command(
    name = "cnnc",
    mixinStandardHelpOptions = true,
    version = "cnnc 0.1.0",
    description = "Compiles a text description of a CNN to Java classes.")
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs the command; returns its exit code. */
  static int run(String... args) {
    return new CommandLine(new Main()).execute(args);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }
}
