package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.AppClassesOptions;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ForeignFileException;
import org.cnnc.compiler.GeneratedFolder;
import org.cnnc.compiler.GeneratedFolder.Written;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.TuningFile;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.diagnostic.JsonRenderer;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.Quantities;
import org.cnnc.report.modeltest.ModelTestFiles;
import org.cnnc.runtime.AtomicFiles;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Safetensors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc model.net}: checks a model and compiles it to Java classes. */
@Command(
    name = "cnnc",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "| COMMAND",
    description =
        "Checks the text of a convolutional network and compiles it to Java classes "
            + "that predict and train.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  cnnc digits.net --package org.example -o target/generated-sources",
      "",
      "Exit codes: 0 done, 1 wrong input, 2 wrong usage, 70 a bug in cnnc."
    })
final class CompileCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "model.net",
      hideParamSyntax = true,
      description = "The network's text.")
  private List<Path> models = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = ".",
      description =
          "Where the files go, in folders by package; only what cnnc made is replaced"
              + " (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Mixin private AppClassesOptions app;

  @Option(
      names = "--weights",
      paramLabel = "W",
      description =
          "Weights that will ship with the class: checked to be the model's, and their origin and"
              + " accuracy told in the class's comment.")
  private Optional<Path> weights = Optional.empty();

  @Option(
      names = "--test",
      paramLabel = "DIR",
      description =
          "Where a test of JUnit Jupiter goes, with golden answers to the weights and what it needs"
              + " of classes that train: it verifies answers and gradients on the Java of the app's"
              + " build; needs --weights.")
  private Optional<Path> testFolder = Optional.empty();

  @Mixin private TuningOption tuning;

  @Option(
      names = "--json",
      description =
          "Print errors and warnings as a JSON array, as the Language Server Protocol has"
              + " them.")
  private boolean json;

  @Option(
      names = {"--warnings-as-errors", "-Werror"},
      description = "Compile nothing and exit with 1 if anything looks wrong; for CI.")
  private boolean strict;

  CompileCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    checkUsage();
    Model read = Model.read(models.get(0));
    TuningFile.Reading tiles = tuning.read(read);
    Model model = read.withWarning(tiles.warning());
    CompilerOptions options = options(model).withKernels(tiles.choices());
    List<GeneratedFile> files = model.compile(options).files();
    List<GeneratedFile> test = testFolder.isPresent() ? testFiles(model, options) : List.of();
    List<Written> written = write(files, folder, "-o");
    List<Written> writtenTest =
        testFolder.isPresent() ? write(test, testFolder.get(), "--test") : List.of();
    if (json) {
      console.print(new JsonRenderer().render(model.warnings()));
    } else {
      Model.warn(model.warnings(), console);
      reportModel(model);
      report(files, written);
      report(test, writtenTest);
    }
    return ExitCode.DONE;
  }

  private List<GeneratedFile> testFiles(Model model, CompilerOptions options)
      throws IOException, ModelException {
    ModelTestFiles test = ModelTestFiles.of(model.network(), options, weights());
    if (!test.errors().isEmpty()) {
      throw new ModelException(test.errors());
    }
    return test.files();
  }

  private List<Written> write(List<GeneratedFile> generated, Path target, String option)
      throws IOException, UserException {
    try {
      return new GeneratedFolder(target, AtomicFiles::write).write(generated);
    } catch (ForeignFileException e) {
      throw new UserException(e.getMessage() + " with " + option);
    }
  }

  private void checkUsage() {
    if (models.isEmpty()) {
      throw wrongUsage("expected a model: cnnc model.net");
    }
    if (models.size() > 1) {
      throw wrongUsage(notOneModel());
    }
    app.checkUsage();
    if (testFolder.isPresent() && weights.isEmpty()) {
      throw wrongUsage("--test needs --weights: its golden answers are what they answer");
    }
  }

  private String notOneModel() {
    String first = models.get(0).toString();
    if (first.endsWith(".net")) {
      return "expected one model, found " + models.size();
    }
    Optional<String> command = DidYouMean.closest(first, spec.subcommands().keySet());
    return "no command \""
        + first
        + "\""
        + command.map(name -> "; did you mean \"" + name + "\"?").orElse("");
  }

  private ParameterException wrongUsage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private CompilerOptions options(Model model) throws IOException, UserException, ModelException {
    if (strict && !model.warnings().isEmpty()) {
      throw new ModelException(model.warnings());
    }
    return app.of(model).written(model.network()).withWeightsMetadata(weightsMetadata(model));
  }

  /** What the weights say of themselves, once they are known to be the model's. */
  private Map<String, String> weightsMetadata(Model model) throws IOException, ModelException {
    if (weights.isEmpty()) {
      return Map.of();
    }
    InMemoryPrograms programs = model.programs(CompilerOptions.DEFAULT, ProgramKind.PREDICTION);
    return PredictionSession.load(programs.create(ProgramKind.PREDICTION), weights())
        .weights()
        .metadata();
  }

  private Safetensors weights() throws IOException {
    return Safetensors.read(weights.orElseThrow());
  }

  private void reportModel(Model model) {
    int warnings = model.warnings().size();
    console.line(
        model.file()
            + ": network "
            + model.network().name()
            + ", no errors"
            + (warnings == 0 ? "" : warnings == 1 ? ", 1 warning" : ", " + warnings + " warnings"));
  }

  private void report(List<GeneratedFile> files, List<Written> written) {
    for (int i = 0; i < written.size(); i++) {
      console.line(
          "  "
              + written.get(i).change().word()
              + " "
              + written.get(i).file()
              + " ("
              + Quantities.bytes(files.get(i).content().length)
              + ")");
    }
  }
}
