package org.cnnc.benchmarks;

import org.cnnc.benchmarks.comparison.CompareCommand;
import org.cnnc.benchmarks.kernels.KernelsCommand;
import org.cnnc.benchmarks.kernels.ScalingCommand;
import org.cnnc.benchmarks.machine.HandOverCommand;
import org.cnnc.benchmarks.start.FirstPredictionCommand;
import org.cnnc.benchmarks.start.FirstSecondsCommand;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.Failures;
import org.cnnc.cli.option.EnumWord;
import org.cnnc.compiler.schedule.Target;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command {@code benchmarks}. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    header = "Measures how fast compiled networks are.",
    subcommands = {
      CompareCommand.class,
      FirstPredictionCommand.class,
      FirstSecondsCommand.class,
      HandOverCommand.class,
      KernelsCommand.class,
      ScalingCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs a subcommand and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command with its subcommands. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .registerConverter(Target.class, new EnumWord<>(Target.class))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> failures(command, parsed).thrown(failure));
  }

  /** Mistakes are told as cnnc tells them. */
  private static Failures failures(CommandLine command, ParseResult parsed) {
    return new Failures(
        new Console(command.getOut(), command.getErr(), false), parsed.originalArgs());
  }
}
