package org.cnnc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.DataWarnings;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.model.OwnFile;
import org.cnnc.cli.model.TrainingFiles;
import org.cnnc.cli.option.BatchOption;
import org.cnnc.cli.option.DataOption;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.cli.option.LongRunOptions;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.cli.option.ThreadsOption;
import org.cnnc.cli.option.TuningOption;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.EpochFigures;
import org.cnnc.report.Quantities;
import org.cnnc.report.ReportFacts;
import org.cnnc.report.TrainingReport;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.SafetensorsException;
import org.cnnc.training.CheckpointFiles;
import org.cnnc.training.LongRun;
import org.cnnc.training.Outcomes;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingException;
import org.cnnc.training.TrainingResult;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.Split;
import org.cnnc.training.data.ValidationChoice;
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

  @Option(
      names = {"-e", "--epochs"},
      paramLabel = "N",
      description = "Passes over the data (default: what the model says).")
  private Optional<Integer> epochs = Optional.empty();

  @Mixin private BatchOption batch;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Learning rate (default: what the model says).")
  private Optional<Float> rate = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of all random numbers (default: what the model says).")
  private Optional<Long> seed = Optional.empty();

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
    CompilerOptions options = tuning.in(batch.in(CompilerOptions.DEFAULT), model, console);
    Setup setup = setUp(model, options, info -> settings(info, files));
    files.prepareFolder();
    if (report.isPresent()) {
      new OwnFile(report.get()).prepare();
    }
    if (force) {
      files.checkpoints().remove(); // else --resume could go on with the run before
    }
    announce(setup);
    TrainingTask task = setup.task();
    TrainingResult result = train(task, files);
    if (result.stopped()) {
      return;
    }
    Judgement last = judge(setup.programs(), result.weights(), task.data(), setup.test());
    if (report.isPresent()) {
      writeReport(model, result, reportedSettings(setup), last);
    }
  }

  private Model readModel() throws SourceException, ModelException, UserException {
    Model model = modelParameter.read(console);
    model.expectLoss();
    return model;
  }

  /**
   * All that a training needs.
   *
   * @param info what the training program says of itself
   * @param test images that are neither learnt nor judged by while learning
   */
  private record Setup(
      Model model,
      InMemoryPrograms programs,
      ProgramInfo info,
      TrainingTask task,
      Optional<Dataset> test) {}

  private Setup setUp(
      Model model, CompilerOptions options, Function<ProgramInfo, TrainerSettings> chosen)
      throws IOException, ModelException, UserException {
    InMemoryPrograms programs =
        model.programs(options, ProgramKind.PREDICTION, ProgramKind.TRAINING);
    Program training = programs.create(ProgramKind.TRAINING);
    ProgramInfo info = InMemoryPrograms.info(training);
    TrainerSettings settings = chosen.apply(info);
    Program prediction = programs.create(ProgramKind.PREDICTION);
    ProgramInfo network = InMemoryPrograms.info(prediction);
    DataReader.Data read = data.read(network, console);
    Split split = split(read.training(), network, settings.seed());
    initialise(training, info, settings.seed());
    TrainingTask task =
        new TrainingTask(training, prediction, split, settings)
            .withVectors(model.vectorProgram(options, ProgramKind.TRAINING))
            .withInspection(model.inspectedProgram());
    return new Setup(model, programs, info, task, read.test());
  }

  private void reproduce(Reproduction before)
      throws IOException, SourceException, ModelException, UserException, TrainingException {
    Model model = readModel();
    CompilerOptions batched = CompilerOptions.DEFAULT.withBatch(before.batch());
    TrainerSettings settings = before.settings(threads.count());
    Setup setup = setUp(model, tuning.in(batched, model, console), info -> settings);
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
    if (epochs.isPresent() && epochs.get() < 1) {
      throw wrongUsage("Invalid value for option '--epochs': expected at least 1");
    }
    if (rate.isPresent() && !(Float.isFinite(rate.get()) && rate.get() > 0)) {
      throw wrongUsage("Invalid value for option '--rate': expected a number above 0");
    }
  }

  private void checkNothingElse(LongRun plan) {
    boolean others =
        Stream.of(out, epochs, rate, seed, report).anyMatch(Optional::isPresent)
            || batch.size().isPresent()
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

  private TrainerSettings settings(ProgramInfo info, TrainingFiles files) {
    TrainerSettings said =
        TrainerSettings.of(
            info.train().orElseThrow(), threads.count(), Optional.of(files.checkpoint()));
    return new TrainerSettings(
        epochs.orElse(said.epochs()),
        rate.orElse(said.rate()),
        seed.orElse(said.seed()),
        said.threads(),
        said.checkpoint(),
        longRun.plan());
  }

  private Split split(Dataset all, ProgramInfo network, long seed)
      throws UserException, IOException {
    if (validation.isEmpty()) {
      return Split.none(all);
    }
    try {
      ValidationChoice choice = new ValidationChoice(validation.get());
      return data.with(network, console, reader -> choice.split(all, reader, seed));
    } catch (IllegalArgumentException e) {
      throw new UserException("--validation " + validation.get() + ": " + e.getMessage());
    }
  }

  private void initialise(Program training, ProgramInfo info, long seed)
      throws IOException, UserException {
    Parameters.initialise(training, info, seed);
    if (init.isEmpty()) {
      return;
    }
    Parameters.Report report =
        Parameters.loadMatching(training, info, Safetensors.read(init.get()));
    if (report.taken().isEmpty()) {
      throw new UserException(init.get() + ": nothing fits: " + report.left().get(0));
    }
    console.message(init.get() + ": taken: " + String.join(", ", report.taken()));
    report.left().forEach(reason -> console.message(init.get() + ": left: " + reason));
  }

  private void announce(Setup setup) {
    Split split = setup.task().data();
    int threadCount = setup.task().settings().threads();
    DataWarnings.beforeTraining(
        setup.model().network(), setup.info().batch(), split.training(), console);
    console.message(
        "training "
            + setup.model().network().name()
            + " on "
            + Quantities.count(split.training().size())
            + " images"
            + split
                .validation()
                .map(set -> ", judged on " + Quantities.count(set.size()) + " others")
                .orElse("")
            + ", batch "
            + setup.info().batch()
            + ", "
            + threadCount
            + (threadCount == 1 ? " thread" : " threads"));
  }

  private TrainingResult train(TrainingTask task, TrainingFiles files)
      throws IOException, TrainingException {
    try (TrainingProgress progress = new TrainingProgress(console, json.isWanted())) {
      Trainer trainer = new Trainer(task, progress);
      if (resume) {
        resume(trainer, files);
      }
      Interruption interruption = new Interruption(trainer::stop);
      try {
        TrainingResult result = trainer.run();
        progress.removeBar();
        save(result, files);
        return result;
      } finally {
        interruption.end();
      }
    }
  }

  private void resume(Trainer trainer, TrainingFiles files) throws IOException {
    try {
      trainer.resume(files.checkpoint());
    } catch (SafetensorsException damaged) {
      resumeOlder(trainer, files.checkpoints(), damaged);
    }
  }

  /** The newest checkpoint that is whole takes the place of those that are not. */
  private void resumeOlder(
      Trainer trainer, CheckpointFiles checkpoints, SafetensorsException newest)
      throws IOException {
    SafetensorsException damaged = newest;
    for (int places = 1; Files.exists(checkpoints.older(places)); places++) {
      Path older = checkpoints.older(places);
      console.message("damaged: " + damaged.getMessage());
      try {
        trainer.resume(older);
        checkpoints.replaceNewest(places);
        console.message(
            "going on from "
                + older
                + ", which was saved before; it is "
                + checkpoints.newest()
                + " now");
        return;
      } catch (SafetensorsException e) {
        damaged = e;
      }
    }
    throw damaged;
  }

  private void save(TrainingResult result, TrainingFiles files) throws IOException {
    result.weights().write(files.weights());
    console.message("weights: " + files.weights());
    switch (result.ending()) {
      case COMPLETE -> {}
      case OUT_OF_PATIENCE -> tellPatience(result.weights().metadata());
      case STOPPED -> tellHowToGoOn("stopped");
      case OUT_OF_TIME -> tellHowToGoOn("the time is up");
    }
  }

  private void tellPatience(Map<String, String> facts) {
    int epochs = Integer.parseInt(facts.get("cnnc.epochs"));
    int best = Integer.parseInt(facts.get("cnnc.epoch"));
    int waited = epochs - best;
    console.message(
        "complete after epoch "
            + epochs
            + ": epoch "
            + best
            + " was the best, "
            + (waited == 1 ? "the epoch" : waited + " epochs")
            + " after it brought nothing better (--patience)");
    tellPrograms(
        new JsonObject().with("event", "patience").with("epoch", epochs).with("best", best));
  }

  private void tellHowToGoOn(String what) {
    console.message(what + "; what is learnt is saved. To go on:");
    console.message("  " + resumeCommand());
    tellPrograms(
        new JsonObject()
            .with("event", "stopped")
            .with("why", what)
            .with("resume", resumeCommand()));
  }

  private void tellPrograms(JsonObject event) {
    if (json.isWanted()) {
      console.line(event.toString());
    }
  }

  private String resumeCommand() {
    List<String> words = new ArrayList<>(List.of("cnnc"));
    CommandSpec root = spec.root();
    words.addAll(root.commandLine().getParseResult().originalArgs());
    words.remove("--force");
    words.remove("--resume");
    int init = words.indexOf("--init"); // the checkpoint has what came of it
    if (init >= 0) {
      words.subList(init, init + 2).clear();
    }
    words.removeIf(word -> word.startsWith("--init="));
    words.add("--resume");
    return words.stream()
        .map(
            word -> word.matches("[\\w./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  /**
   * What images said of the weights.
   *
   * @param what the images: {@code test images}
   */
  private record Judgement(String what, Dataset images, Outcomes outcomes) {}

  /** Judges the weights by all images that were not learnt; returns the last judgement. */
  private Judgement judge(
      InMemoryPrograms programs, Safetensors weights, Split split, Optional<Dataset> test)
      throws IOException {
    PredictionSession session =
        PredictionSession.load(programs.create(ProgramKind.PREDICTION), weights);
    Map<String, Dataset> judges = new LinkedHashMap<>();
    split.validation().ifPresent(images -> judges.put("validation images", images));
    test.ifPresent(images -> judges.put("test images", images));
    if (judges.isEmpty()) {
      judges.put("training images", split.training());
    }
    List<Judgement> judgements = new ArrayList<>();
    judges.forEach(
        (what, images) -> {
          Outcomes outcomes = Outcomes.of(session, images, threads.count());
          new EvaluationReport(console, json.isWanted()).print(outcomes.evaluation(), what);
          judgements.add(new Judgement(what, images, outcomes));
        });
    return judgements.get(judgements.size() - 1);
  }

  private static Map<String, String> reportedSettings(Setup setup) {
    TrainerSettings settings = setup.task().settings();
    Split split = setup.task().data();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("training images", Quantities.count(split.training().size()));
    split
        .validation()
        .ifPresent(images -> texts.put("validation images", Quantities.count(images.size())));
    texts.put("epochs", Integer.toString(settings.epochs()));
    texts.put("batch", Integer.toString(setup.info().batch()));
    texts.put("rate", Float.toString(settings.rate()));
    texts.put("seed", Long.toString(settings.seed()));
    return texts;
  }

  private void writeReport(
      Model model, TrainingResult result, Map<String, String> settings, Judgement judgement)
      throws IOException, ModelException, UserException {
    ReportFacts facts =
        new ReportFacts(
            model.network(),
            result.weights(),
            EpochFigures.of(result),
            settings,
            judgement.images(),
            judgement.what(),
            judgement.outcomes(),
            PredictionSession.load(model.inspectedProgram().get(), result.weights()));
    byte[] page = TrainingReport.page(facts).getBytes(StandardCharsets.UTF_8);
    new OwnFile(report.orElseThrow()).write(page);
    console.message("report: " + report.get());
  }
}
