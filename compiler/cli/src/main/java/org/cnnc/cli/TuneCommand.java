package org.cnnc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.TextTable;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.measure.ProgramOperations;
import org.cnnc.cli.measure.ThisJava;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.model.OwnFile;
import org.cnnc.cli.option.BatchOption;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.tune.Comparison.Found;
import org.cnnc.cli.tune.Tuner;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.TuningFile;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelChoices;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.runtime.VectorSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cnnc tune}: finds the tiles that are fastest on this machine. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Finds the tiles that are fastest on this machine.",
    description =
        "Measures the code of each layer with other tiles, and with pixels or channels in the lanes"
            + " of vectors, in turns, and keeps what is clearly faster in a file beside the model"
            + " (digits.tune for digits.net), which the commands read that run code or write"
            + " classes. It changes the speed and no bit of a result. Leave the machine alone"
            + " meanwhile.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc tune digits.net --seconds 120")
final class TuneCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private ModelParameter modelParameter;
  @Mixin private BatchOption batch;

  @Option(
      names = "--target",
      paramLabel = "plain|vector",
      split = ",",
      description = "Forms of the code to tune (default: all that this Java runs well).")
  private List<Target> targets = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "90",
      description =
          "How long it may take for each form; less is less sure (default: ${DEFAULT-VALUE}).")
  private double seconds;

  TuneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    if (!(seconds >= 0)) {
      throw new ParameterException(
          spec.commandLine(), "--seconds: expected a number of at least 0");
    }
    for (Target target : targets) {
      ThisJava.expectToRun(target);
    }
    Model model = modelParameter.read(console);
    Path path = TuningFile.beside(model.file());
    OwnFile file = new OwnFile(path);
    file.prepare();
    boolean trains = model.network().loss().isPresent();
    Tuner tuner =
        new Tuner(
            model,
            batch.in(CompilerOptions.DEFAULT),
            trains ? ProgramKind.TRAINING : ProgramKind.PREDICTION,
            ProgramOperations::new,
            System::nanoTime);
    Map<Target, Map<String, KernelChoice>> choices = new EnumMap<>(Target.class);
    List<Found> all = new ArrayList<>();
    for (Target target : targets()) {
      String word = target.name().toLowerCase(Locale.ROOT);
      List<Found> found = tuner.tune(target, seconds, line -> console.message(word + ": " + line));
      Map<String, KernelChoice> kept = new HashMap<>();
      found.forEach(each -> kept.put(each.operation(), each.choice()));
      choices.put(target, kept);
      all.addAll(found);
      report(word, found);
    }
    TuningFile tuning =
        new TuningFile(
            TuningFile.hashOf(model.network()),
            System.getProperty("java.version"),
            machine(),
            new KernelChoices(choices, Optional.empty()));
    file.write(tuning.text().getBytes(StandardCharsets.UTF_8));
    console.line("wrote " + path + ", " + all.size() + (all.size() == 1 ? " tile" : " tiles"));
    return ExitCode.DONE;
  }

  private List<Target> targets() {
    if (!targets.isEmpty()) {
      return targets.stream().distinct().toList();
    }
    return VectorSupport.isWanted() ? List.of(Target.PLAIN, Target.VECTOR) : List.of(Target.PLAIN);
  }

  private void report(String target, List<Found> found) {
    if (found.isEmpty()) {
      console.line(target + ": nothing is clearly faster than the usual tiles");
      return;
    }
    TextTable table = new TextTable("llrrr");
    table.row(target, "tile", "us an image", "before", "gain");
    for (Found each : found) {
      table.row(
          each.operation(),
          each.choice().toString(),
          String.format(Locale.ROOT, "%.2f", each.seconds() * 1e6),
          String.format(Locale.ROOT, "%.2f", each.usualSeconds() * 1e6),
          String.format(Locale.ROOT, "%.0f %%", 100 * (each.usualSeconds() / each.seconds() - 1)));
    }
    console.print(table.toString());
  }

  private static String machine() {
    return System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }
}
