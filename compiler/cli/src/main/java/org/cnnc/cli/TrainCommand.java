package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.DataWarnings;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.model.OwnFile;
import org.cnnc.cli.model.TrainingFiles;
import org.cnnc.cli.option.DataOption;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.cli.option.LongRunOptions;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.SettingsOptions;
import org.cnnc.cli.option.ThreadsOption;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.Quantities;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.LongRun;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingException;
import org.cnnc.training.TrainingResult;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.FileProblems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cnnc train}: learns weights from labelled images. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    header = "Learns weights from labelled images.",
    description =
        "Trains a network and writes its weights: the best ones by the validation images, "
            + "or the last ones without such. After each epoch the run is saved beside them, in "
            + "W.checkpoint.safetensors (--checkpoint-minutes: also within an epoch). Ctrl-C saves what is learnt; --resume goes on from there, and "
            + "ends with the same bits as a run that was never stopped. The result depends on the model, "
            + "the data, the seed and the batch, never on threads or the machine.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  cnnc train digits.net --data mnist --out digits.safetensors \\",
      "      --validation last:2000",
      "  cnnc train digits.net --data mnist --out digits.safetensors \\",
      "      --validation last:2000 --epochs 1000 --patience 5 \\",
      "      --minutes 480 --checkpoint-minutes 10 --keep 3",
      "  cnnc train digits.net --data mnist --validation last:2000 \\",
      "      --reproduce digits.safetensors"
    })
final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private ModelParameter modelParameter;
  @Mixin private DataOption data;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "W",
      description =
          "Safetensors file to write; one that is there is refused without --force. Needed without"
              + " --reproduce.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--reproduce",
      paramLabel = "W",
      description =
          "Write nothing, but train again what W holds, with the seed, batch, rate and epochs that"
              + " it says of itself, and compare all bits. Needs the model, the data, and the"
              + " --validation and --init it was trained with; other ones are refused.")
  private Optional<Path> reproduce = Optional.empty();

  @Option(
      names = "--validation",
      paramLabel = "V",
      description =
          "Images to judge by, which are not learnt: 0.2, a part of the data chosen by the seed; "
              + "last:2000, the last of them; or a path to other data (default: none).")
  private Optional<String> validation = Optional.empty();

  @Option(
      names = "--init",
      paramLabel = "W",
      description = "Begin with the parameters of W that fit, not with random ones.")
  private Optional<Path> init = Optional.empty();

  @Option(names = "--resume", description = "Go on with the run that was stopped.")
  private boolean resume;

  @Option(names = "--force", description = "Replace older weights and their checkpoint.")
  private boolean force;

  @Mixin private SettingsOptions settings;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Web page to write when training is complete: curves, confusion matrix, worst mistakes,"
              + " filters and feature maps. A file that cnnc did not make is not replaced.")
  private Optional<Path> report = Optional.empty();

  @Mixin private LongRunOptions longRun;
  @Mixin private ThreadsOption threads;
  @Mixin private TuningOption tuning;
  @Mixin private JsonOption json;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call()
      throws IOException, SourceException, ModelException, UserException, TrainingException {
    checkUsage();
    try {
      if (reproduce.isPresent()) {
        reproduce(Reproduction.of(reproduce.get()));
      } else {
        learn();
      }
    } finally {
      data.close();
    }
    return ExitCode.DONE;
  }

  private void learn()
      throws IOException, SourceException, ModelException, UserException, TrainingException {
    TrainingFiles files = new TrainingFiles(out.orElseThrow());
    if (resume) {
      files.expectCheckpoint();
    } else if (!force) {
      files.expectNothingThere();
    }
    Model model = readModel();
    CompilerOptions options = tuning.in(settings.in(CompilerOptions.DEFAULT), model, console);
    TrainingSetup setup = setUp(model, options, info -> chosenSettings(info, files));
    files.prepareFolder();
    if (report.isPresent()) {
      new OwnFile(report.get()).prepare();
    }
    if (force) {
      files.checkpoints().remove(); // else --resume could go on with the run before
    }
    announce(setup);
    TrainingResult result = trainOrSay(setup.task(), files);
    if (result.stopped()) {
      return;
    }
    TrainedNetwork trained = new TrainedNetwork(setup, result);
    TrainedNetwork.Judgement last =
        trained.judge(new EvaluationReport(console, json.isWanted(), data.skipped()));
    if (report.isPresent()) {
      trained.writeReport(report.get(), last);
      console.message("report: " + report.get());
    }
  }

  private void reproduce(Reproduction before)
      throws IOException, SourceException, ModelException, UserException, TrainingException {
    Model model = readModel();
    CompilerOptions batched = CompilerOptions.DEFAULT.withBatch(before.batch());
    TrainerSettings said = before.settings(threads.count());
    TrainingSetup setup = setUp(model, tuning.in(batched, model, console), info -> said);
    try (TrainingProgress progress = new TrainingProgress(console, json.isWanted())) {
      Trainer trainer = new Trainer(setup.task(), progress);
      before.expectSame(trainer.provenance());
      announce(setup);
      Safetensors again = trainer.run().weights();
      progress.removeBar();
      int bytes = before.expectSameBytes(again);
      console.line(
          json.isWanted()
              ? new JsonObject()
                  .with("event", "reproduction")
                  .with("file", before.file().toString())
                  .with("bytes", bytes)
                  .toString()
              : before.file() + ": reproduced: the same " + Quantities.count(bytes) + " bytes");
    }
  }

  private void checkUsage() {
    LongRun plan = longRun.plan();
    if (reproduce.isPresent()) {
      checkNothingElse(plan);
    } else if (out.isEmpty()) {
      throw wrongUsage("Missing required option: '--out=W'");
    }
    if (resume && (init.isPresent() || force)) {
      throw wrongUsage("--resume goes on with a run: --init and --force begin one");
    }
    if (longRun.hasPatience() && validation.isEmpty()) {
      throw wrongUsage(
          "--patience waits for a better validation result: it needs images to judge by"
              + " (--validation)");
    }
    settings.check();
  }

  private void checkNothingElse(LongRun plan) {
    boolean others =
        Stream.of(out, report).anyMatch(Optional::isPresent)
            || !settings.isEmpty()
            || resume
            || force
            || !plan.equals(LongRun.DEFAULT);
    if (others) {
      throw wrongUsage(
          "--reproduce takes all settings from its file, and writes none: beside it there are"
              + " --data, --validation, --init, --threads, --no-tune and --json");
    }
  }

  private ParameterException wrongUsage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private Model readModel() throws SourceException, ModelException, UserException {
    Model model = modelParameter.read(console);
    model.expectLoss();
    return model;
  }

  private TrainingSetup setUp(
      Model model, CompilerOptions options, Function<ProgramInfo, TrainerSettings> chosen)
      throws IOException, ModelException, UserException {
    TrainingSetup.Sources sources = new TrainingSetup.Sources(data, validation, init);
    return TrainingSetup.of(model, options, chosen, sources, console);
  }

  private TrainerSettings chosenSettings(ProgramInfo info, TrainingFiles files) {
    TrainerSettings said =
        TrainerSettings.of(
            info.train().orElseThrow(), threads.count(), Optional.of(files.checkpoint()));
    return settings.in(said, longRun.plan());
  }

  private void announce(TrainingSetup setup) {
    NetworkGraph network = setup.model().network();
    DataWarnings.beforeTraining(
        network.withTraining(network.training().withBatch(setup.info().batch())),
        settings.batch(),
        settings.rate(),
        setup.task().data().training(),
        console);
    console.message(setup.announcement());
  }

  /** A file that cannot be written costs no more than was learnt since the checkpoint. */
  private TrainingResult trainOrSay(TrainingTask task, TrainingFiles files)
      throws IOException, TrainingException, UserException {
    try {
      return train(task, files);
    } catch (FileSystemException e) {
      if (!Files.exists(files.checkpoint())) {
        throw e;
      }
      throw new UserException(
          FileProblems.describe(e) + "; what was saved before is whole, --resume goes on with it");
    }
  }

  private TrainingResult train(TrainingTask task, TrainingFiles files)
      throws IOException, TrainingException {
    try (TrainingProgress progress = new TrainingProgress(console, json.isWanted())) {
      Trainer trainer = new Trainer(task, progress);
      if (resume) {
        new Resumption(files.checkpoints(), console).resume(trainer);
      }
      Interruption interruption = new Interruption(trainer::stop);
      try {
        TrainingResult result = trainer.run();
        progress.removeBar();
        result.weights().write(files.weights());
        console.message("weights: " + files.weights());
        new RunEnd(console, json.isWanted(), arguments()).tell(result);
        return result;
      } finally {
        interruption.end();
      }
    }
  }

  /** The words of the command line, of this command and before. */
  private List<String> arguments() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }
}
