package org.cnnc.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.model.DataWarnings;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.DataOption;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.ThreadsOption;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.cli.option.WeightsOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.Evaluation;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cnnc eval}: judges weights by labelled images. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Judges weights by labelled images.",
    description =
        "Judges weights by labelled images: accuracy, loss, and a table of the classes. "
            + "Of data that come in two parts (train and test), the test part is taken.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc eval digits.net --weights digits.safetensors --data mnist")
final class EvalCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelParameter model;
  @Mixin private WeightsOption weights;
  @Mixin private DataOption data;
  @Mixin private ThreadsOption threads;
  @Mixin private TuningOption tuning;
  @Mixin private JsonOption json;

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException {
    Model read = model.read(console);
    CompilerOptions options = tuning.in(CompilerOptions.DEFAULT, read, console);
    Program plain = read.programs(options, ProgramKind.PREDICTION).create(ProgramKind.PREDICTION);
    Safetensors judgedWeights = weights.read();
    DataReader.Data images = data.read(InMemoryPrograms.info(plain));
    Dataset judged = images.test().orElse(images.training());
    PredictionSession session = read.session(plain, options, judgedWeights, judged.size());
    DataWarnings.beforeJudging(read.network(), judged, console);
    Evaluation evaluation = Evaluation.of(session, judged, threads.count());
    new EvaluationReport(console, json.isWanted()).print(evaluation, "images");
    return ExitCode.DONE;
  }
}
