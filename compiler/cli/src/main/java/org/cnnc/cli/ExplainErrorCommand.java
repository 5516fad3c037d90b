package org.cnnc.cli;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.compiler.DiagnosticReference;
import org.cnnc.grammar.diagnostic.DidYouMean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc explain-error}: what the code of a message means. */
@Command(
    name = "explain-error",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Explains an error or a warning.",
    description =
        "Explains an error or a warning by its code: what causes it, with the smallest model that "
            + "does, and how to mend it.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc explain-error CNN021")
final class ExplainErrorCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CODE", description = "As in error[CNN021].")
  private String code;

  ExplainErrorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Map<String, String> entries = DiagnosticReference.entries();
    String wanted = code.toUpperCase(Locale.ROOT);
    String entry = entries.get(wanted);
    if (entry == null) {
      throw new ParameterException(
          spec.commandLine(),
          "no code \""
              + code
              + "\""
              + DidYouMean.closest(wanted, entries.keySet())
                  .map(close -> "; did you mean \"" + close + "\"?")
                  .orElse(""));
    }
    console.print(entry);
    return ExitCode.DONE;
  }
}
