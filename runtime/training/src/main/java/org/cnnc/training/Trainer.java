package org.cnnc.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.runtime.VectorSupport;
import org.cnnc.training.TrainingResult.Ending;
import org.cnnc.training.data.Dataset;

/**
 * Trains a network: epochs over the training data in a seeded order, each followed by a judgement
 * on the validation data, which always runs the prediction program, and a checkpoint. The last,
 * smaller batch of an epoch is trained on too. A long run is saved within its epochs, too, and may
 * end early ({@link LongRun}).
 *
 * <p>The result is a function of the programs, the first parameters, the data and the seed. One run
 * per trainer, on one thread; only {@link #stop()} may come from another.
 */
public final class Trainer {
  /** Metadata that say how good weights are. */
  static final String ACCURACY = "cnnc.validation.accuracy";

  static final String LOSS = "cnnc.validation.loss";

  /**
   * Nanoseconds of a run before another form is warmed up. They are no slower than without it, and
   * tell how long the run will take.
   */
  private static final long FIRST_SECONDS = 1_000_000_000L;

  private final TrainingTask task;
  private final TrainerSettings settings;
  private final TrainingListener listener;
  private final ProgramInfo info;
  private final ProgramInfo predictionInfo;
  private final PredictionSession prediction;
  private final Checkpoint checkpoint;
  private final long warmUpAfter;
  private final EpochProgress progress = new EpochProgress();
  private final List<EpochReport> history = new ArrayList<>();
  private Optional<BestWeights> best = Optional.empty();
  private Optional<String> firstParameters = Optional.empty();
  private Program running;
  private boolean gaveUpOnFaster;
  private volatile boolean stopWanted;

  /**
   * A trainer at the beginning of a run. The training program's parameters are the caller's: {@link
   * Parameters#initialise} or {@link Parameters#load}, or {@link #resume}.
   *
   * @throws IllegalArgumentException if the programs do not have the same parameters, the kinds are
   *     wrong, or there is nothing to learn from
   */
  public Trainer(TrainingTask task, TrainingListener listener) {
    this(task, listener, FIRST_SECONDS);
  }

  /**
   * The same for a run that warms up another form sooner or later.
   *
   * @param warmUpAfter nanoseconds of the run before that begins
   */
  Trainer(TrainingTask task, TrainingListener listener, long warmUpAfter) {
    this.task = task;
    this.warmUpAfter = warmUpAfter;
    this.running = task.training();
    this.settings = task.settings();
    this.listener = listener;
    this.info = ProgramInfo.parse(task.training().description());
    this.predictionInfo = ProgramInfo.parse(task.prediction().description());
    this.checkpoint = new Checkpoint(task.training(), info, task.data(), settings);
    checkTask();
    this.prediction = new PredictionSession(task.prediction(), predictionInfo, settings.threads());
  }

  private void checkTask() {
    for (ParameterInfo parameter : info.parameters()) {
      boolean same =
          predictionInfo
              .parameter(parameter.name())
              .filter(other -> other.dims().equals(parameter.dims()))
              .isPresent();
      if (!same) {
        throw new IllegalArgumentException(
            "the prediction program has no " + parameter.name() + " of shape " + parameter.dims());
      }
    }
    if (task.data().training().size() == 0) {
      throw new IllegalArgumentException("no images to learn from");
    }
    if (settings.longRun().patience().isPresent() && task.data().validation().isEmpty()) {
      throw new IllegalArgumentException("patience needs validation images");
    }
  }

  /**
   * Goes back to where a checkpoint of this run was saved; {@link #run()} continues to the same
   * bits as if it had never stopped.
   *
   * @throws IOException if the file cannot be read, or is no checkpoint of this run
   */
  public void resume(Path file) throws IOException {
    Safetensors saved = Safetensors.read(file);
    best = checkpoint.restore(saved, progress);
    firstParameters = Optional.ofNullable(saved.metadata().get(Checkpoint.FIRST_PARAMETERS));
    boolean withinEpoch =
        progress.images < task.data().training().size() && progress.images % info.batch() == 0;
    if (!withinEpoch) {
      throw new CheckpointException(
          file.toString(), "expected a place in the epoch, found image " + progress.images);
    }
  }

  /** Makes {@link #run()} save and return after the current step. */
  public void stop() {
    stopWanted = true;
  }

  /**
   * Trains to the last epoch, or until it is told to stop or its time is up.
   *
   * @throws TrainingException if the loss is not finite, or what was learnt; the last checkpoint is
   *     as it was
   * @throws IOException if a checkpoint cannot be written
   */
  public TrainingResult run() throws TrainingException, IOException {
    if (progress.steps == 0) {
      new StoredTensors(task.training(), info).clearStates();
      firstParameters = Optional.of(ParametersDigest.of(parameters()));
    }
    try (TrainingSteps steps =
            new TrainingSteps(task.training(), info, settings.rate(), settings.threads());
        EpochLoop loop = new EpochLoop(steps, task, progress, listener)) {
      steps.scalars().restore(progress.steps);
      task.faster().ifPresent(form -> goOverInTime(steps, form));
      RunClock clock = new RunClock(settings.longRun(), progress, System::nanoTime);
      while (!isComplete() && !isToStop(clock)) {
        boolean whole = loop.run(() -> isToStop(clock) || clock.isSaveDue());
        steps.store();
        expectFinite(parameters());
        expectFinite(new StoredTensors(task.training(), info).states());
        Optional<EpochReport> report =
            whole ? Optional.of(finishEpoch(steps, loop.imagesPerSecond())) : Optional.empty();
        // First of all: a listener that fails, as on a closed pipe, must not lose what is learnt.
        save();
        clock.saved();
        report.ifPresent(listener::epoch);
      }
      running = steps.program();
      gaveUpOnFaster = steps.gaveUpOnFaster();
    }
    return new TrainingResult(weights(), history, ending());
  }

  /** An update can overflow after a finite loss. Steps need not look: the next loss tells. */
  private void expectFinite(Map<String, Tensor> learnt) throws TrainingException {
    for (Map.Entry<String, Tensor> tensor : learnt.entrySet()) {
      if (tensor.getValue().firstNotFinite().isPresent()) {
        throw TrainingException.notFinite(
            "\""
                + tensor.getKey()
                + "\" is not finite after step "
                + progress.steps
                + " of the run",
            settings.rate());
      }
    }
  }

  private boolean isComplete() {
    return progress.epoch >= settings.epochs() || isOutOfPatience();
  }

  /** Depends on what a checkpoint remembers alone, so that a resumed run ends at the same place. */
  private boolean isOutOfPatience() {
    OptionalInt patience = settings.longRun().patience();
    return patience.isPresent()
        && best.isPresent()
        && progress.epoch - best.get().epoch() >= patience.getAsInt();
  }

  private boolean isToStop(RunClock clock) {
    return stopWanted || clock.isTimeUp();
  }

  private Ending ending() {
    if (progress.epoch >= settings.epochs()) {
      return Ending.COMPLETE;
    }
    if (isOutOfPatience()) {
      return Ending.OUT_OF_PATIENCE;
    }
    return stopWanted ? Ending.STOPPED : Ending.OUT_OF_TIME;
  }

  /** At once where the user wants that, else when the other form is warm and if that pays. */
  private void goOverInTime(TrainingSteps steps, Supplier<Program> form) {
    if (VectorSupport.isDemanded()) {
      steps.goOver(form.get());
      return;
    }
    WarmUpTime time =
        new WarmUpTime(
            System::nanoTime,
            warmUpAfter,
            progress,
            settings.epochs(),
            task.data().training().size());
    steps.warmUp(form, time);
  }

  /** The form of the training program that the run ended with. */
  Program running() {
    return running;
  }

  /** Whether the run found that the task's other form is not faster. */
  boolean gaveUpOnFaster() {
    return gaveUpOnFaster;
  }

  private EpochReport finishEpoch(TrainingSteps steps, double imagesPerSecond) {
    Optional<Evaluation> validation = task.data().validation().map(this::validate);
    int epoch = progress.epoch + 1;
    boolean better =
        validation
            .filter(result -> best.isEmpty() || best.get().isBeatenBy(result))
            .map(result -> keep(epoch, result))
            .isPresent();
    EpochReport report =
        new EpochReport(
            epoch,
            settings.epochs(),
            progress.meanLoss(),
            steps.trainingAccuracy(progress),
            validation,
            better,
            imagesPerSecond);
    history.add(report);
    progress.nextEpoch();
    return report;
  }

  private BestWeights keep(int epoch, Evaluation result) {
    BestWeights weights =
        new BestWeights(epoch, result.correct(), result.images(), result.meanLoss(), parameters());
    best = Optional.of(weights);
    return weights;
  }

  private Map<String, Tensor> parameters() {
    return new StoredTensors(task.training(), info).parameters();
  }

  private Evaluation validate(Dataset data) {
    StoredTensors target = new StoredTensors(task.prediction(), predictionInfo);
    parameters()
        .forEach(
            (name, tensor) ->
                target.setParameter(predictionInfo.parameter(name).orElseThrow(), tensor.values()));
    prediction.refresh();
    return Evaluation.of(prediction, data, settings.threads());
  }

  private void save() throws IOException {
    if (settings.checkpoint().isPresent()) {
      new CheckpointFiles(settings.checkpoint().get(), settings.longRun().kept())
          .save(checkpoint.save(progress, best, firstParameters));
    }
  }

  /**
   * What this run's weights come of, by the names that it has in their metadata: with the same
   * facts, and as many epochs, a run ends with the same bits. To be asked before {@link #run}.
   */
  public Map<String, String> provenance() {
    return provenance(Optional.of(ParametersDigest.of(parameters())));
  }

  private Map<String, String> provenance(Optional<String> parametersDigest) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Parameters.HASH_KEY, predictionInfo.hash());
    facts.put("cnnc.version", info.compilerVersion());
    facts.putAll(checkpoint.provenance());
    facts.putAll(checkpoint.rulesAndOptimizer());
    parametersDigest.ifPresent(digest -> facts.put(Checkpoint.FIRST_PARAMETERS, digest));
    return facts;
  }

  private Safetensors weights() {
    Map<String, String> metadata = new LinkedHashMap<>(provenance(firstParameters));
    metadata.put("cnnc.epochs", Integer.toString(progress.epoch));
    if (progress.images > 0) { // stopped within an epoch
      metadata.put("cnnc.images", Integer.toString(progress.images));
    }
    metadata.put(
        "cnnc.epoch", Integer.toString(best.map(BestWeights::epoch).orElse(progress.epoch)));
    best.ifPresent(
        weights -> {
          metadata.put(ACCURACY, Decimals.sixPlaces(weights.accuracy()));
          metadata.put(LOSS, Decimals.sixPlaces(weights.meanLoss()));
        });
    Map<String, Tensor> parameters = best.map(BestWeights::parameters).orElseGet(this::parameters);
    metadata.put(WeightsDigest.KEY, WeightsDigest.of(parameters));
    return new Safetensors(info.model(), metadata, parameters);
  }
}
