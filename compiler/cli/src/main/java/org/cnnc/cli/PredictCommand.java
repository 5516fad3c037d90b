package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.cli.option.WeightsOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.Quantities;
import org.cnnc.runtime.Picture;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.data.DataException;
import org.cnnc.training.data.FileProblems;
import org.cnnc.training.data.PictureFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cnnc predict}: names pictures. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Says what pictures show.",
    description =
        "Says what pictures show, a line for each: the three most probable answers. "
            + "A picture is resized to the network's input. One that cannot be read is reported, and the "
            + "others are answered all the same; the exit code is 1 then.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc predict shapes.net --weights shapes.safetensors house.png tree.jpg")
final class PredictCommand implements Callable<Integer> {
  private static final int ANSWERS = 3;
  private static final int PLACES = 6;

  private final Console console;

  @Mixin private ModelParameter model;
  @Mixin private WeightsOption weights;
  @Mixin private TuningOption tuning;
  @Mixin private JsonOption json;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Pictures: PNG, JPEG, BMP or GIF.")
  private List<Path> files = List.of();

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    Model read = model.read(console);
    CompilerOptions options = tuning.in(CompilerOptions.DEFAULT, read, console);
    Program plain = read.programs(options, ProgramKind.PREDICTION).create(ProgramKind.PREDICTION);
    PredictionSession session = read.session(plain, options, weights.read(), files.size());
    int channels = session.info().input().channels();
    if (channels != 1 && channels != 3) {
      throw new UserException(
          "pictures need an input of 1 or 3 channels, the network's has " + channels);
    }
    int exitCode = ExitCode.DONE;
    for (Path file : files) {
      try {
        print(file, answers(session, PictureFiles.read(file)));
      } catch (IOException e) {
        console.message("error: " + FileProblems.describe(e));
        exitCode = ExitCode.WRONG_INPUT;
      }
    }
    return exitCode;
  }

  private record Answer(String label, float probability) {
    JsonObject asJson() {
      return new JsonObject().with("label", label).with("probability", probability, PLACES);
    }
  }

  private static List<Answer> answers(PredictionSession session, Picture picture)
      throws DataException {
    float[] scores = session.predict(picture.argb(), picture.width(), picture.height());
    List<String> labels = labels(session.info(), scores.length);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      answers.add(new Answer(labels.get(i), scores[i]));
    }
    answers.sort(Comparator.comparing(Answer::probability).reversed());
    return answers.subList(0, Math.min(ANSWERS, answers.size()));
  }

  private static List<String> labels(ProgramInfo info, int classes) {
    List<String> labels = info.outputs().get(0).labels();
    return labels.isEmpty()
        ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
        : labels;
  }

  private void print(Path file, List<Answer> answers) {
    if (json.isWanted()) {
      console.line(
          new JsonObject()
              .with("file", file.toString())
              .withObjects("answers", answers.stream().map(Answer::asJson).toList())
              .toString());
      return;
    }
    console.line(
        answers.stream()
            .map(answer -> answer.label() + " " + Quantities.percent(answer.probability()))
            .collect(Collectors.joining(", ", file + ": ", "")));
  }
}
