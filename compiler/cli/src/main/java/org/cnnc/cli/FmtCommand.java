package org.cnnc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.Failures;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.model.SourceText;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.format.Formatter;
import org.cnnc.grammar.source.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cnnc fmt}: gives models the one canonical layout. */
@Command(
    name = "fmt",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Gives models the one canonical layout.",
    description =
        "Lays models out in the one canonical way and names those that it changed. Only white "
            + "space changes; comments stay where they are. A model with syntax errors is left as "
            + "it is.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = {"  cnnc fmt --check *.net", "", "Exit code 1: --check found something to change."})
final class FmtCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "model.net",
      description = "The texts; - is standard input, which goes to standard output.")
  private List<String> names;

  @Option(names = "--check", description = "Change nothing, name what would be changed.")
  private boolean check;

  FmtCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    boolean fine = true;
    for (String name : names) {
      fine &= format(name);
    }
    return fine ? ExitCode.DONE : ExitCode.WRONG_INPUT;
  }

  /** Formats one text; whatever is wrong with it, the others have their turn. */
  private boolean format(String name) {
    try {
      SourceText text = SourceText.read(name);
      DiagnosticLog log = new DiagnosticLog();
      String formatted =
          Formatter.format(text.source(), log).orElseThrow(() -> new ModelException(log.sorted()));
      return text.file().isPresent()
          ? replace(name, text.file().get(), formatted)
          : print(text, formatted);
    } catch (SourceException | ModelException | IOException e) {
      new Failures(console, List.of()).thrown(e);
      return false;
    }
  }

  private boolean print(SourceText text, String formatted) {
    if (check && !formatted.equals(text.source().text())) {
      console.line(text.source().name());
      return false;
    }
    if (!check) {
      console.print(formatted);
    }
    return true;
  }

  private boolean replace(String name, Path file, String formatted) throws IOException {
    byte[] bytes = formatted.getBytes(StandardCharsets.UTF_8);
    if (Arrays.equals(bytes, Files.readAllBytes(file))) {
      return true;
    }
    if (!check) {
      SourceText.replace(file, bytes);
    }
    console.line(name);
    return !check;
  }
}
