package org.cnnc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.OwnFile;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.compiler.drawing.DrawingFormat;
import org.cnnc.grammar.source.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cnnc graph}: draws a network. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Draws a network.",
    description =
        "Draws a network: a block for each layer with its depth, height and width, its parameters "
            + "(theta 1, 2, ...), and the stages that the text names. As SVG for browsers and "
            + "documents, in light and dark; as text for Graphviz (DOT) or Mermaid.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc graph digits.net -o digits.svg")
final class GraphCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private ModelParameter modelParameter;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "File to write: .svg, .dot or .mmd; one that cnnc did not make is not replaced"
              + " (default: standard output).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "svg|dot|mermaid",
      description = "What to write (default: what the file's name says, or svg).")
  private Optional<DrawingFormat> format = Optional.empty();

  GraphCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    DrawingFormat wanted = format.orElseGet(this::formatOfFile);
    String drawing = wanted.draw(modelParameter.read(console).network());
    if (out.isEmpty()) {
      console.print(drawing);
      return ExitCode.DONE;
    }
    OwnFile file = new OwnFile(out.get());
    file.write(drawing.getBytes(StandardCharsets.UTF_8));
    console.message("drawing: " + out.get());
    return ExitCode.DONE;
  }

  private DrawingFormat formatOfFile() {
    if (out.isEmpty()) {
      return DrawingFormat.SVG;
    }
    String name = String.valueOf(out.get().getFileName());
    return DrawingFormat.ofFileName(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--out: expected a name that ends in "
                        + endings()
                        + ", found "
                        + name
                        + "; --format says it, too"));
  }

  private static String endings() {
    return Arrays.stream(DrawingFormat.values())
        .flatMap(format -> format.endings().stream())
        .map(ending -> "." + ending)
        .collect(Collectors.joining(", "));
  }
}
