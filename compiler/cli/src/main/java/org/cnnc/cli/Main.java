package org.cnnc.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.List;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.Failures;
import org.cnnc.cli.console.Terminal;
import org.cnnc.cli.option.EnumWord;
import org.cnnc.compiler.CompilerOptions.Emit;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.TargetChoice;
import org.cnnc.compiler.drawing.DrawingFormat;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.training.data.ImageStore;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParseResult;

/** The command {@code cnnc}: its streams and its exit code. */
public final class Main {
  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    Console console =
        new Console(
            writer(FileDescriptor.out), writer(FileDescriptor.err), Terminal.isInteractive());
    System.exit(run(console, arguments));
  }

  /** Runs the command; returns its exit code. */
  static int run(Console console, String... arguments) {
    Failures failures = new Failures(console, List.of(arguments));
    CommandLine command = commandLine(console);
    command.setParameterExceptionHandler((failure, unused) -> failures.usage(failure));
    command.setExecutionExceptionHandler(
        (failure, unused, parsed) -> failures.thrown(failure, parsed));
    try {
      return command.execute(arguments);
    } catch (Throwable failure) { // whatever it is, it must not end in a stack trace
      ParseResult parsed = command.getParseResult(); // of errors picocli does not tell
      return parsed == null ? failures.thrown(failure) : failures.thrown(failure, parsed);
    }
  }

  /** The command with its subcommands. */
  static CommandLine commandLine(Console console) {
    Help.Ansi ansi = console.isTerminal() ? Help.Ansi.AUTO : Help.Ansi.OFF;
    return new CommandLine(new CompileCommand(console))
        .addSubcommand(new SummaryCommand(console))
        .addSubcommand(new CheckCommand(console))
        .addSubcommand(new GraphCommand(console))
        .addSubcommand(new DataCommand(console))
        .addSubcommand(new TrainCommand(console))
        .addSubcommand(new EvalCommand(console))
        .addSubcommand(new VerifyCommand(console))
        .addSubcommand(new PredictCommand(console))
        .addSubcommand(new RunCommand(console))
        .addSubcommand(new StepCommand(console))
        .addSubcommand(new BenchCommand(console))
        .addSubcommand(new ExplainCommand(console))
        .addSubcommand(new TuneCommand(console))
        .addSubcommand(new DumpCommand(console))
        .addSubcommand(new FmtCommand(console))
        .addSubcommand(new ExplainErrorCommand(console))
        .registerConverter(Emit.class, new EnumWord<>(Emit.class))
        .registerConverter(DrawingFormat.class, new EnumWord<>(DrawingFormat.class))
        .registerConverter(AlgorithmRule.class, new EnumWord<>(AlgorithmRule.class))
        .registerConverter(Target.class, new EnumWord<>(Target.class))
        .registerConverter(TargetChoice.class, new EnumWord<>(TargetChoice.class))
        .registerConverter(ProgramKind.class, new EnumWord<>(ProgramKind.class))
        .registerConverter(ImageStore.Place.class, new EnumWord<>(ImageStore.Place.class))
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setOut(console.out())
        .setErr(console.err());
  }

  /** Unlike {@code System.out}, it tells when nobody reads any more. */
  private static Writer writer(FileDescriptor stream) {
    return new BufferedWriter(
        new OutputStreamWriter(new FileOutputStream(stream), Charset.defaultCharset()));
  }
}
