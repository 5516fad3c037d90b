package org.cnnc.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.measure.ThisJava;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.AlgorithmOption;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.ThreadsOption;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.TrainingSpec;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.grammar.source.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cnnc bench}: how fast a network trains and predicts on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Measures how fast a network trains and predicts.",
    description =
        "Measures training steps (forward, loss, backward, update) and predictions on random images, "
            + "and prints a JSON object a line: peer, net, job, batch, threads, images_per_second, "
            + "microseconds (of a batch, median) and seconds_to_first (from the text to the first result). "
            + "Compare only what was measured on the same machine in the same minutes.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc bench digits.net --batch 1,32 --threads 2 --seconds 2")
final class BenchCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private ModelParameter modelParameter;
  @Mixin private ThreadsOption threads;
  @Mixin private AlgorithmOption algorithm;
  @Mixin private TuningOption tuning;

  @Option(
      names = {"-b", "--batch"},
      split = ",",
      paramLabel = "N",
      defaultValue = "1,32",
      description = "Images in a batch (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches = List.of();

  @Option(
      names = "--target",
      paramLabel = "plain|vector",
      defaultValue = "plain",
      description = "Form of the code (default: ${DEFAULT-VALUE}).")
  private Target target;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "How long to measure each figure (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      defaultValue = "2",
      description = "How long to run before, while the VM compiles (default: ${DEFAULT-VALUE}).")
  private double warmup;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    checkUsage();
    ThisJava.expectToRun(target);
    Stopwatch stopwatch = new Stopwatch(warmup, seconds);
    Model first = modelParameter.read(console);
    boolean trains = first.network().loss().isPresent();
    CompilerOptions options =
        algorithm.in(CompilerOptions.DEFAULT.withTargets(target), tuning, first, console);
    for (int batch : batches) {
      if (trains) {
        long begin = System.nanoTime();
        Model model = modelParameter.read(console);
        try (TrainingBenchmark benchmark =
            new TrainingBenchmark(model, options, batch, threads.count())) {
          report(model, "train", batch, begin, benchmark, stopwatch);
        }
      }
      long begin = System.nanoTime();
      Model model = modelParameter.read(console);
      try (PredictionBenchmark benchmark =
          new PredictionBenchmark(model, options, batch, threads.count())) {
        report(model, "predict", batch, begin, benchmark, stopwatch);
      }
    }
    return ExitCode.DONE;
  }

  private void checkUsage() {
    if (batches.stream().anyMatch(batch -> batch < 1 || batch > TrainingSpec.MAXIMUM_BATCH)) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--batch': expected numbers from 1 to "
              + TrainingSpec.MAXIMUM_BATCH);
    }
    if (!(seconds >= 0) || !(warmup >= 0)) {
      throw new ParameterException(
          spec.commandLine(), "--seconds and --warmup: expected numbers of at least 0");
    }
  }

  private void report(
      Model model, String job, int batch, long begin, Stopwatch.Work work, Stopwatch stopwatch) {
    work.prepare();
    work.run();
    double first = (System.nanoTime() - begin) * 1e-9;
    double median = stopwatch.median(work);
    console.line(
        new JsonObject()
            .with("peer", "cnnc-" + target.name().toLowerCase(Locale.ROOT))
            .with("net", model.title())
            .with("job", job)
            .with("batch", batch)
            .with("threads", threads.count())
            .with("images_per_second", batch / median, 1)
            .with("microseconds", median * 1e6, 1)
            .with("seconds_to_first", first, 3)
            .toString());
  }
}
