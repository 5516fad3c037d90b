package org.cnnc.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.LevelTexts;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.source.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cnnc dump}: what the compiler makes of a model, at any level. */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Shows what the compiler makes of a model.",
    description =
        "Shows what the compiler makes of a model, as text, after a level or a pass of its own. "
            + "--list names them in order. The levels below the graph are of one program.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc dump digits.net --after loops --program training --target vector")
final class DumpCommand implements Callable<Integer> {
  private static final String ALL = "all";

  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private ModelParameter modelParameter;

  @Option(
      names = "--after",
      paramLabel = "PASS",
      description =
          "The level or pass to show; all shows every level and the passes that changed it.")
  private Optional<String> after = Optional.empty();

  @Option(
      names = "--program",
      paramLabel = "prediction|training",
      defaultValue = "prediction",
      description = "Which program to show (default: ${DEFAULT-VALUE}).")
  private ProgramKind program;

  @Option(
      names = "--target",
      paramLabel = "plain|vector",
      defaultValue = "plain",
      description = "Form of the code (default: ${DEFAULT-VALUE}).")
  private Target target;

  @Option(names = "--list", description = "Name the levels and passes, in order.")
  private boolean list;

  DumpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws SourceException, ModelException, UserException {
    if (list) {
      LevelTexts.names().forEach(console::line);
      return ExitCode.DONE;
    }
    String level = after.orElseThrow(() -> wrongUsage("expected --after PASS, or --list"));
    if (level.equals(ALL)) {
      LevelTexts.all(modelParameter.read(console), program, target)
          .forEach((name, text) -> console.print("=== " + name + "\n" + text + "\n"));
      return ExitCode.DONE;
    }
    checkKnown(level);
    console.print(LevelTexts.of(modelParameter.read(console), program, target, level));
    return ExitCode.DONE;
  }

  private void checkKnown(String level) {
    List<String> names = LevelTexts.names();
    if (!names.contains(level)) {
      throw wrongUsage(
          "--after: no level or pass \""
              + level
              + "\""
              + DidYouMean.closest(level, names)
                  .map(name -> "; did you mean \"" + name + "\"?")
                  .orElse("; there are " + String.join(", ", names)));
    }
  }

  private ParameterException wrongUsage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
