package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.DataWarnings;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.model.OwnFile;
import org.cnnc.cli.option.DataOption;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.ThreadsOption;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.cli.option.WeightsOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.ConfusionPicture;
import org.cnnc.report.ContactSheet;
import org.cnnc.report.PngFile;
import org.cnnc.report.Quantities;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.Evaluation;
import org.cnnc.training.Outcomes;
import org.cnnc.training.Outcomes.Mistake;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cnnc eval}: judges weights by labelled images. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Judges weights by labelled images.",
    description =
        "Judges weights by labelled images: accuracy, loss, a table of the classes, what was taken "
            + "for what (of more than 20 classes: what most often), and the expected calibration "
            + "error: in ten ranges of probability, how far the mean probability of the answers and "
            + "their accuracy are apart, in the mean over all images. "
            + "Of data that come in two parts (train and test), the test part is taken.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  cnnc eval digits.net --weights digits.safetensors --data mnist --top 3 \\",
      "      --confusion confusion.png --mistakes mistakes.png"
    })
final class EvalCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 24;

  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private ModelParameter model;
  @Mixin private WeightsOption weights;
  @Mixin private DataOption data;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "Also tell how often the right class is among the K most probable ones.")
  private Optional<Integer> top = Optional.empty();

  @Option(
      names = "--confusion",
      paramLabel = "FILE",
      description =
          "PNG to draw the confusion matrix in: rows are what it is, columns what was said. A file"
              + " that cnnc did not make is not replaced.")
  private Optional<Path> confusion = Optional.empty();

  @Option(
      names = "--mistakes",
      paramLabel = "FILE",
      description =
          "PNG to show the 24 worst mistakes in: the images whose class got the least probability."
              + " A file that cnnc did not make is not replaced.")
  private Optional<Path> mistakes = Optional.empty();

  @Mixin private ThreadsOption threads;
  @Mixin private TuningOption tuning;
  @Mixin private JsonOption json;

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    checkUsage();
    prepareFiles();
    try {
      judge();
    } finally {
      data.close();
    }
    return ExitCode.DONE;
  }

  private void judge() throws IOException, SourceException, ModelException, UserException {
    Model read = model.read(console);
    CompilerOptions options = tuning.in(CompilerOptions.DEFAULT, read, console);
    Program plain = read.programs(options, ProgramKind.PREDICTION).create(ProgramKind.PREDICTION);
    Safetensors judgedWeights = weights.read();
    DataReader.Data images = data.read(InMemoryPrograms.info(plain), console);
    Dataset judged = images.test().orElse(images.training());
    PredictionSession session = read.session(plain, options, judgedWeights, judged.size());
    DataWarnings.beforeJudging(read.network(), judged, console);
    Outcomes outcomes = Outcomes.of(session, judged, threads.count());
    List<Mistake> shown = mistakes.isPresent() ? outcomes.worstMistakes(MOST_SHOWN) : List.of();
    OutcomesReport report = new OutcomesReport(outcomes, top);
    if (json.isWanted()) {
      console.line(EvaluationReport.withSkipped(report.asJson(shown), data.skipped()).toString());
    } else {
      report.print(console);
    }
    draw(outcomes, shown, judged, session.info().input());
  }

  private void checkUsage() {
    if (top.isPresent() && top.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--top': expected at least 1");
    }
  }

  /** Before the images are judged, which may take long. */
  private void prepareFiles() throws IOException, UserException {
    if (confusion.isPresent()) {
      new OwnFile(confusion.get()).prepare();
    }
    if (mistakes.isPresent()) {
      new OwnFile(mistakes.get()).prepare();
    }
  }

  private void draw(Outcomes outcomes, List<Mistake> shown, Dataset judged, InputInfo input)
      throws IOException, UserException {
    if (confusion.isPresent()) {
      Evaluation evaluation = outcomes.evaluation();
      new OwnFile(confusion.get()).write(PngFile.of(ConfusionPicture.draw(evaluation)));
      console.message("confusion matrix: " + confusion.get());
    }
    if (mistakes.isPresent()) {
      byte[] sheet = PngFile.of(ContactSheet.draw(outcomes, shown, judged, input));
      new OwnFile(mistakes.get()).write(sheet);
      Evaluation evaluation = outcomes.evaluation();
      console.message(
          "mistakes: "
              + mistakes.get()
              + " ("
              + shown.size()
              + " of "
              + Quantities.count(evaluation.images() - evaluation.correct())
              + ")");
    }
  }
}
