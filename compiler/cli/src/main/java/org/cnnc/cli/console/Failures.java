package org.cnnc.cli.console;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.ProgramMemoryError;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.JsonRenderer;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.training.TrainingException;
import org.cnnc.training.data.FileProblems;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes a message and an exit code of what a command throws. */
public final class Failures {
  private static final String JSON = "--json";
  private static final String BATCH = "--batch";

  private final Console console;
  private final List<String> arguments;

  /**
   * Failures of one run.
   *
   * @param arguments the command line, for the report of a bug
   */
  public Failures(Console console, List<String> arguments) {
    this.console = console;
    this.arguments = List.copyOf(arguments);
  }

  /** Reports a wrong command line; returns the exit code. */
  public int usage(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    console.message("error: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, console.err());
    console.message("try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.WRONG_USAGE;
  }

  /**
   * Reports what a command threw; returns the exit code. What is wrong in a model's text is the
   * result for a program that reads JSON.
   *
   * @param command as it was typed
   */
  public int thrown(Throwable failure, ParseResult command) {
    if (failure instanceof ModelException model && wantsJson(command)) {
      return asJson(model.diagnostics());
    }
    return thrown(failure, hasBatch(command));
  }

  private static boolean hasBatch(ParseResult command) {
    List<CommandLine> parts = command.asCommandLineList();
    return parts.get(parts.size() - 1).getCommandSpec().findOption(BATCH) != null;
  }

  private static boolean wantsJson(ParseResult command) {
    return command.asCommandLineList().stream()
        .anyMatch(part -> part.getParseResult().hasMatchedOption(JSON));
  }

  private int asJson(List<Diagnostic> diagnostics) {
    try {
      console.print(new JsonRenderer().render(diagnostics));
      return ExitCode.WRONG_INPUT;
    } catch (OutputException e) {
      return output(e);
    }
  }

  /** Reports what no command is known to have thrown; returns the exit code. */
  public int thrown(Throwable failure) {
    return thrown(failure, false);
  }

  private int thrown(Throwable failure, boolean hasBatch) {
    if (failure instanceof OutputException output) {
      return output(output);
    }
    if (failure instanceof ModelException model) {
      console.progress(new TextRenderer(console.isTerminal()).render(model.diagnostics()));
      return ExitCode.WRONG_INPUT;
    }
    if (failure instanceof UserException
        || failure instanceof SourceException
        || failure instanceof TrainingException) {
      return wrongInput(failure.getMessage());
    }
    if (failure instanceof IOException file) {
      return wrongInput(FileProblems.describe(file));
    }
    Optional<IOException> reading = FileProblems.behind(failure);
    if (reading.isPresent()) {
      return wrongInput(FileProblems.describe(reading.get()));
    }
    Throwable cause = failure;
    while (cause.getCause() != null) { // workers hand their errors on inside others
      cause = cause.getCause();
    }
    if (cause instanceof OutOfMemoryError memory) {
      return wrongInput(notEnough(memory, hasBatch));
    }
    console.message("error: this is a bug in cnnc: " + failure);
    console.message(BugReport.write(failure, arguments));
    return ExitCode.BUG;
  }

  private static String notEnough(OutOfMemoryError memory, boolean hasBatch) {
    if (memory instanceof ProgramMemoryError program) {
      boolean smaller = hasBatch && program.kind() == ProgramKind.TRAINING;
      return "not enough memory: " + program.getMessage() + advice(smaller, program.heapOption());
    }
    return "not enough memory (" + memory.getMessage() + ")" + advice(hasBatch, "-Xmx8g");
  }

  private static String advice(boolean smallerBatch, String heap) {
    return (smallerBatch ? "; a smaller --batch needs less, " : "; ")
        + "JAVA_TOOL_OPTIONS="
        + heap
        + " allows more";
  }

  private int output(OutputException failure) {
    return failure.isClosedPipe()
        ? ExitCode.CLOSED_PIPE
        : wrongInput("standard output: " + failure.getMessage());
  }

  private int wrongInput(String problem) {
    console.message("error: " + problem);
    return ExitCode.WRONG_INPUT;
  }
}
