package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.TextTable;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.Quantities;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.WeightsDigest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnnc verify}: checks a weight file, and tells what it says of itself. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Checks a weight file, and tells where it comes from.",
    description =
        "Checks that a weight file is whole, that all of its values are finite and those that were"
            + " written, by its digest of them, and that the settings that it tells can be; with"
            + " --model, that it is that model's, by its hash, and has all parameters in their"
            + " shapes. Then tells what the file says of itself: model, data, settings, result."
            + " Whether that is true, cnnc train --reproduce tells.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc verify digits.safetensors --model digits.net")
final class VerifyCommand implements Callable<Integer> {
  private final Console console;

  @picocli.CommandLine.Parameters(paramLabel = "W", description = "Weights: a safetensors file.")
  private Path file;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "model.net",
      description = "The network's text that the weights are for.")
  private Optional<Path> model = Optional.empty();

  @Mixin private JsonOption json;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    Safetensors weights = Safetensors.read(file);
    if (weights.tensors().isEmpty()) {
      throw new UserException(file + ": expected weights, there is no tensor in it");
    }
    for (String name : weights.tensors().keySet()) {
      Parameters.checkFinite(weights, name);
    }
    expectUnchanged(weights);
    new StatedSettings(file.toString(), weights.metadata()).check();
    if (model.isPresent()) {
      expectModel(model.get(), weights);
    }
    if (json.isWanted()) {
      console.line(asJson(weights).toString());
    } else {
      print(weights);
    }
    return ExitCode.DONE;
  }

  private void expectUnchanged(Safetensors weights) throws UserException {
    if (!hasDigest(weights)) {
      return;
    }
    String then = weights.metadata().get(WeightsDigest.KEY);
    String now = WeightsDigest.of(weights.tensors());
    if (!then.equals(now)) {
      throw new UserException(
          file
              + ": the values are not those that were written: \""
              + WeightsDigest.KEY
              + "\" is "
              + then
              + " in the file, "
              + now
              + " of what it holds");
    }
  }

  /** As every command does that computes with weights. */
  private void expectModel(Path text, Safetensors weights)
      throws IOException, SourceException, ModelException {
    InMemoryPrograms programs =
        Model.read(text, console).programs(CompilerOptions.DEFAULT, ProgramKind.PREDICTION);
    Program program = programs.create(ProgramKind.PREDICTION);
    Parameters.load(program, InMemoryPrograms.info(program), weights);
  }

  private void print(Safetensors weights) {
    console.line(
        file
            + ": whole, "
            + Quantities.count(weights.tensors().size())
            + " tensors with "
            + Quantities.count(values(weights))
            + " values, all finite");
    console.line(
        hasDigest(weights)
            ? "unchanged since they were written, by their digest"
            : "whether a value has changed cannot be told: there is no digest");
    boolean hash = weights.metadata().containsKey(Parameters.HASH_KEY);
    model.ifPresent(
        text ->
            console.line(
                hash
                    ? "weights of the model in " + text + ", by its hash"
                    : "fits the model in " + text + ", by names and shapes; it has no hash"));
    console.line("");
    if (weights.metadata().isEmpty()) {
      console.line("It does not say where it comes from.");
      return;
    }
    TextTable table = new TextTable("ll");
    weights.metadata().forEach((key, value) -> table.row(oneLine(key), oneLine(value)));
    console.print(table.toString());
  }

  private static boolean hasDigest(Safetensors weights) {
    return weights.metadata().containsKey(WeightsDigest.KEY);
  }

  /** Whatever a file says of itself, it cannot write to the terminal but letters. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private JsonObject asJson(Safetensors weights) {
    JsonObject metadata = new JsonObject();
    weights.metadata().forEach(metadata::with);
    JsonObject object =
        new JsonObject()
            .with("event", "verification")
            .with("file", file.toString())
            .with("tensors", weights.tensors().size())
            .with("values", values(weights));
    model.ifPresent(text -> object.with("model", text.toString()));
    return object
        .with("hash", weights.metadata().containsKey(Parameters.HASH_KEY))
        .with("digest", hasDigest(weights))
        .withObject("metadata", metadata);
  }

  private static long values(Safetensors weights) {
    return weights.tensors().values().stream().mapToLong(tensor -> tensor.values().length).sum();
  }
}
