package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.WeightsException;
import org.cnnc.training.TrainingResult.Ending;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;
import org.cnnc.training.data.MemoryDataset;
import org.cnnc.training.data.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TrainerTest {
  @TempDir Path folder;

  /** Each class has a bright corner; 4 does not divide the number of images. */
  private static Dataset corners(int size, long seed) {
    RandomSource random = RandomSource.of(seed);
    byte[][] pixels = new byte[size][4];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(3);
      for (int j = 0; j < 4; j++) {
        pixels[i][j] = (byte) (random.nextInt(140) + (j == labels[i] ? 115 : 0));
      }
    }
    return MemoryDataset.ofPixels("corners " + seed, List.of(), pixels, labels);
  }

  private static TrainerSettings settings(int epochs, int threads, Optional<Path> checkpoint) {
    return new TrainerSettings(epochs, 0.1f, 7, threads, checkpoint);
  }

  private static Split data() {
    return new Split(corners(101, 1), Optional.of(corners(50, 2)));
  }

  private static TrainingTask task(Split data, TrainerSettings settings) {
    LinearNetwork training = LinearNetwork.training();
    Parameters.initialise(training, ProgramInfo.parse(training.description()), settings.seed());
    return new TrainingTask(training, LinearNetwork.prediction(), data, settings);
  }

  private static TrainingResult train(TrainerSettings settings) throws Exception {
    return new Trainer(task(data(), settings), TrainingListener.NONE).run();
  }

  @Test
  void lossFallsAndUnseenImagesAreNamed() throws Exception {
    TrainingResult result = train(settings(10, 2, Optional.empty()));
    List<EpochReport> history = result.history();
    assertThat(history).hasSize(10);
    assertThat(history.get(9).meanLoss()).isLessThan(history.get(0).meanLoss() / 2);
    assertThat(history.get(9).trainingAccuracy().orElseThrow()).isGreaterThan(0.9);
    assertThat(history.get(9).validation().orElseThrow().accuracy()).isGreaterThan(0.9);
    assertThat(result.stopped()).isFalse();
    assertThat(result.weights().metadata())
        .containsEntry("cnnc.hash", "abc")
        .containsEntry("cnnc.model", "Linear")
        .containsEntry("cnnc.seed", "7")
        .containsEntry("cnnc.rate", "0.1")
        .containsEntry("cnnc.data", "corners 1");
  }

  @Test
  void anyNumberOfThreadsGivesTheSameFile() throws Exception {
    byte[] oracle = train(settings(3, 1, Optional.empty())).weights().toBytes();
    for (int threads : new int[] {2, 3, 7}) {
      assertThat(train(settings(3, threads, Optional.empty())).weights().toBytes())
          .isEqualTo(oracle);
    }
  }

  @Test
  void resumedRunEndsWithTheBitsOfAnUninterruptedOne() throws Exception {
    Path whole = folder.resolve("whole.safetensors");
    Path parts = folder.resolve("parts.safetensors");
    TrainingResult oracle = train(settings(4, 1, Optional.of(whole)));
    // Stops within the second epoch, at its end, and within the last.
    for (int stopAfter : new int[] {31, 52, 100}) {
      TrainingTask first = task(data(), settings(4, 2, Optional.of(parts)));
      assertThat(runStopping(first, stopAfter).stopped()).isTrue();

      LinearNetwork fresh = LinearNetwork.training();
      Trainer second =
          new Trainer(
              new TrainingTask(
                  fresh, LinearNetwork.prediction(), data(), settings(4, 2, Optional.of(parts))),
              TrainingListener.NONE);
      second.resume(parts);
      TrainingResult result = second.run();
      assertThat(result.weights().toBytes()).isEqualTo(oracle.weights().toBytes());
      assertThat(Files.readAllBytes(parts)).isEqualTo(Files.readAllBytes(whole));
      EpochReport last = result.history().get(result.history().size() - 1);
      assertThat(last.meanLoss()).isEqualTo(oracle.history().get(3).meanLoss());
      assertThat(last.trainingAccuracy()).isEqualTo(oracle.history().get(3).trainingAccuracy());
    }
  }

  /** A rate of 0 learns nothing, so the first epoch stays the best one. */
  private TrainerSettings patient(int patience, Optional<Path> checkpoint) {
    return new TrainerSettings(9, 0f, 7, 1, checkpoint)
        .withLongRun(new LongRun(Optional.empty(), 1, OptionalInt.of(patience), Optional.empty()));
  }

  @Test
  void aRunWithoutBetterResultsIsComplete() throws Exception {
    TrainingResult result = train(patient(3, Optional.empty()));
    assertThat(result.ending()).isEqualTo(Ending.OUT_OF_PATIENCE);
    assertThat(result.stopped()).isFalse();
    assertThat(result.history()).hasSize(4);
    assertThat(result.weights().metadata())
        .containsEntry("cnnc.epoch", "1")
        .containsEntry("cnnc.epochs", "4");
  }

  @Test
  void patienceIsResumedToo() throws Exception {
    Path parts = folder.resolve("parts.safetensors");
    byte[] oracle = train(patient(3, Optional.empty())).weights().toBytes();
    // Within the first epoch, at the end of the second, in the last, and when all is done.
    for (int stopAfter : new int[] {5, 52, 103, 104}) {
      runStopping(task(data(), patient(3, Optional.of(parts))), stopAfter);
      Trainer second =
          new Trainer(task(data(), patient(3, Optional.of(parts))), TrainingListener.NONE);
      second.resume(parts);
      TrainingResult result = second.run();
      assertThat(result.ending()).isEqualTo(Ending.OUT_OF_PATIENCE);
      assertThat(result.weights().toBytes()).isEqualTo(oracle);
    }
  }

  @Test
  void patienceNeedsAJudge() {
    TrainingTask task = task(Split.none(corners(9, 1)), patient(3, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(task, TrainingListener.NONE))
        .withMessage("patience needs validation images");
  }

  /** A nanosecond is over after every step. */
  @Test
  void shortRunsOneAfterTheOtherEndWithTheSameBits() throws Exception {
    Path parts = folder.resolve("parts.safetensors");
    byte[] oracle = train(settings(2, 1, Optional.empty())).weights().toBytes();
    Optional<Duration> soon = Optional.of(Duration.ofNanos(1));
    TrainerSettings brief =
        settings(2, 1, Optional.of(parts))
            .withLongRun(new LongRun(soon, 2, OptionalInt.empty(), soon));
    TrainingResult result = new Trainer(task(data(), brief), TrainingListener.NONE).run();
    int runs = 1;
    while (result.stopped()) {
      assertThat(result.ending()).isEqualTo(Ending.OUT_OF_TIME);
      Trainer next = new Trainer(task(data(), brief), TrainingListener.NONE);
      next.resume(parts);
      result = next.run();
      runs++;
    }
    assertThat(runs).isEqualTo(2 * 26);
    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.weights().toBytes()).isEqualTo(oracle);
  }

  /** The run that wrote it need not end: each checkpoint within an epoch leads to the same bits. */
  @Test
  void aRunGoesOnFromEachOfItsCheckpoints() throws Exception {
    Path file = folder.resolve("c.safetensors");
    byte[] oracle = train(settings(2, 1, Optional.empty())).weights().toBytes();
    TrainerSettings often =
        settings(2, 2, Optional.of(file))
            .withLongRun(
                new LongRun(
                    Optional.of(Duration.ofNanos(1)), 60, OptionalInt.empty(), Optional.empty()));
    TrainingResult whole = new Trainer(task(data(), often), TrainingListener.NONE).run();
    assertThat(whole.weights().toBytes()).isEqualTo(oracle);
    CheckpointFiles files = new CheckpointFiles(file, 60);
    for (int places : new int[] {1, 2, 25, 26, 27, 51}) {
      Trainer second =
          new Trainer(task(data(), settings(2, 1, Optional.empty())), TrainingListener.NONE);
      second.resume(files.older(places));
      assertThat(second.run().weights().toBytes()).isEqualTo(oracle);
    }
    assertThat(files.older(52)).doesNotExist(); // 26 steps an epoch, its end in place of the last
  }

  private static TrainingResult runStopping(TrainingTask task, int stopAfter) throws Exception {
    Trainer[] trainer = new Trainer[1];
    int[] steps = new int[1];
    trainer[0] =
        new Trainer(
            task,
            new TrainingListener() {
              @Override
              public void step(Progress progress) {
                if (++steps[0] == stopAfter) {
                  trainer[0].stop();
                }
              }
            });
    TrainingResult result = trainer[0].run();
    assertThat(steps[0]).isEqualTo(stopAfter);
    return result;
  }

  /** As when the pipe is closed that progress is written to: {@code cnnc train ... | head -1}. */
  @Test
  void anEpochIsSavedBeforeAnyoneHearsOfIt() throws Exception {
    Path whole = folder.resolve("whole.safetensors");
    Path parts = folder.resolve("parts.safetensors");
    byte[] oracle = train(settings(3, 1, Optional.of(whole))).weights().toBytes();
    for (int epoch = 1; epoch <= 3; epoch++) {
      Trainer deaf =
          new Trainer(task(data(), settings(3, 1, Optional.of(parts))), new FailingListener(epoch));
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(deaf::run)
          .withMessage("nobody reads epoch " + epoch);

      Trainer second =
          new Trainer(task(data(), settings(3, 1, Optional.of(parts))), TrainingListener.NONE);
      second.resume(parts);
      TrainingResult result = second.run();
      assertThat(result.history()).hasSize(3 - epoch); // no epoch is learnt again
      assertThat(result.weights().toBytes()).isEqualTo(oracle);
      assertThat(parts).hasSameBinaryContentAs(whole);
    }
  }

  private record FailingListener(int epoch) implements TrainingListener {
    @Override
    public void epoch(EpochReport report) {
      if (report.epoch() == epoch) {
        throw new IllegalStateException("nobody reads epoch " + epoch);
      }
    }
  }

  @Test
  void checkpointOfAnotherRunIsRefused() throws Exception {
    Path file = folder.resolve("c.safetensors");
    train(settings(1, 1, Optional.of(file)));
    TrainerSettings otherSeed = new TrainerSettings(1, 0.1f, 8, 1, Optional.empty());
    Trainer trainer = new Trainer(task(data(), otherSeed), TrainingListener.NONE);
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> trainer.resume(file))
        .withMessage(file + ": expected cnnc.seed \"8\", found \"7\"");
  }

  @Test
  void otherImagesOfTheSameNumberAreNotLearntInTheSameRun() throws Exception {
    Path file = folder.resolve("c.safetensors");
    train(settings(1, 1, Optional.of(file)));
    TrainerSettings longer = settings(2, 1, Optional.empty());
    Dataset renamed = new Described("corners 1", corners(101, 3));
    Trainer trainer =
        new Trainer(task(new Split(renamed, data().validation()), longer), TrainingListener.NONE);
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> trainer.resume(file))
        .withMessage(
            file
                + ": the run began with other images than those that are there now as cnnc.data"
                + " (\"corners 1\"): their number is the same, their content is not; bring those"
                + " back, or begin another run");
    Split otherValidation =
        new Split(data().training(), Optional.of(new Described("corners 2", corners(50, 9))));
    Trainer judged = new Trainer(task(otherValidation, longer), TrainingListener.NONE);
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> judged.resume(file))
        .withMessageContaining("as cnnc.validation (\"corners 2\")");
  }

  /** From before they said what the images are. */
  @Test
  void anOlderCheckpointIsResumed() throws Exception {
    Path file = folder.resolve("c.safetensors");
    train(settings(1, 1, Optional.of(file)));
    Safetensors saved = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(saved.metadata());
    assertThat(metadata.keySet().removeIf(key -> key.endsWith(".sha256"))).isTrue();
    new Safetensors("", metadata, saved.tensors()).write(file);
    Trainer trainer =
        new Trainer(task(data(), settings(2, 1, Optional.empty())), TrainingListener.NONE);
    trainer.resume(file);
    assertThat(trainer.run().history()).hasSize(1);
  }

  private record Described(String description, Dataset images) implements Dataset {
    @Override
    public int size() {
      return images.size();
    }

    @Override
    public List<String> classes() {
      return images.classes();
    }

    @Override
    public int label(int image) {
      return images.label(image);
    }

    @Override
    public void read(int image, ImageSink sink) {
      images.read(image, sink);
    }
  }

  @Test
  void weightsAreNoCheckpoint() throws Exception {
    Path file = folder.resolve("w.safetensors");
    train(settings(1, 1, Optional.empty())).weights().write(file);
    Trainer trainer =
        new Trainer(task(data(), settings(1, 1, Optional.empty())), TrainingListener.NONE);
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> trainer.resume(file))
        .withMessageContaining("expected a checkpoint with \"checkpoint.epoch\"");
  }

  @Test
  void mutatedCheckpointsGiveOnlyDeclaredExceptions() throws Exception {
    Path file = folder.resolve("c.safetensors");
    train(settings(1, 1, Optional.of(file)));
    byte[] sound = Files.readAllBytes(file);
    RandomSource random = RandomSource.of(3);
    Path broken = folder.resolve("broken.safetensors");
    int refused = 0;
    for (int round = 0; round < 1000; round++) {
      byte[] bytes = sound.clone();
      bytes[8 + random.nextInt(bytes.length - 8)] = (byte) (32 + random.nextInt(95));
      Files.write(broken, bytes);
      Trainer trainer =
          new Trainer(task(data(), settings(1, 1, Optional.empty())), TrainingListener.NONE);
      try {
        trainer.resume(broken);
      } catch (IOException e) {
        refused++;
        assertThat(e.getMessage()).contains("broken.safetensors");
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  @Test
  void bestWeightsAreKept() throws Exception {
    List<EpochReport> reports = new ArrayList<>();
    TrainingTask task = task(data(), settings(8, 1, Optional.empty()));
    TrainingResult result =
        new Trainer(
                task,
                new TrainingListener() {
                  @Override
                  public void epoch(EpochReport report) {
                    reports.add(report);
                  }
                })
            .run();
    EpochReport best = reports.get(0);
    for (EpochReport report : reports) {
      Evaluation now = report.validation().orElseThrow();
      Evaluation before = best.validation().orElseThrow();
      boolean better =
          now.correct() > before.correct()
              || (now.correct() == before.correct() && now.meanLoss() < before.meanLoss());
      best = better ? report : best;
      assertThat(report.best()).isEqualTo(report.epoch() == best.epoch());
    }
    assertThat(result.weights().metadata())
        .containsEntry("cnnc.epoch", Integer.toString(best.epoch()));
  }

  @Test
  void withoutValidationTheLastWeightsAreTheResult() throws Exception {
    TrainingTask task = task(Split.none(corners(10, 1)), settings(2, 1, Optional.empty()));
    TrainingResult result = new Trainer(task, TrainingListener.NONE).run();
    assertThat(result.history().get(1).validation()).isEmpty();
    LinearNetwork loaded = LinearNetwork.prediction();
    Parameters.load(loaded, ProgramInfo.parse(loaded.description()), result.weights());
    assertThat(loaded.rows(1)).isDeepEqualTo(task.training().rows(1));
  }

  @Test
  void weightsForPredictionAreCheckedByHash() throws Exception {
    Safetensors weights = train(settings(1, 1, Optional.empty())).weights();
    LinearNetwork training = LinearNetwork.training();
    ProgramInfo other =
        ProgramInfo.parse(training.description().replace("hash \"abc\"", "hash \"abd\""));
    assertThatExceptionOfType(WeightsException.class)
        .isThrownBy(() -> Parameters.load(training, other, weights));
  }

  @Test
  void lossThatIsNotFiniteStopsTheRun() {
    float[] values = new float[4 * 8];
    values[9] = Float.POSITIVE_INFINITY;
    Dataset broken = MemoryDataset.ofFloats("broken", values, new int[8]);
    TrainingTask task =
        task(Split.none(broken), settings(1, 1, Optional.empty()))
            .withInspection(LinearNetwork::prediction);
    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> new Trainer(task, TrainingListener.NONE).run())
        .withMessageContaining("the loss is not finite in epoch 1")
        .withMessageContaining("it began at \"image\"");
    for (float[] row : task.training().rows(1)) { // the step that went wrong has changed nothing
      for (float value : row) {
        assertThat(value).isFinite();
      }
    }
  }

  /** The loss before such an update is finite; a run, an epoch or a time to save may end there. */
  @ParameterizedTest
  @CsvSource({"1, 1, false", "2, 3, false", "3, 3, false", "2, 2, true"})
  void parametersThatAreNotFiniteAreNeitherSavedNorJudged(
      int epochs, int soundSteps, boolean saveEachStep) throws Exception {
    Path file = folder.resolve("c.safetensors");
    Optional<Duration> time = Optional.of(Duration.ofNanos(1)).filter(nanos -> saveEachStep);
    TrainerSettings settings =
        new TrainerSettings(epochs, 3e38f, 7, 1, Optional.of(file))
            .withLongRun(new LongRun(time, 1, OptionalInt.empty(), Optional.empty()));
    Brightening images = new Brightening(file, soundSteps);
    Trainer trainer =
        new Trainer(task(new Split(images, Optional.of(corners(9, 2))), settings), images);
    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(trainer::run)
        .withMessage(
            "\"fc1.weight\" is not finite after step %d of the run. A smaller rate may help (rate"
                + " = 3E+38).",
            soundSteps + 1);
    assertThat(images.epochs).isEqualTo(soundSteps / 2);
    assertThat(images.saved.isPresent()).isEqualTo(soundSteps > 1);
    if (images.saved.isPresent()) {
      assertThat(file).hasBinaryContent(images.saved.get());
    } else {
      assertThat(file).doesNotExist();
    }
  }

  /**
   * Two steps an epoch: black images, of which nothing is learnt, and after some steps bright ones,
   * of which too much is. Remembers what was saved before.
   */
  private static final class Brightening implements Dataset, TrainingListener {
    private final Path checkpoint;
    private int soundSteps;
    private int epochs;
    private Optional<byte[]> saved = Optional.empty();

    Brightening(Path checkpoint, int soundSteps) {
      this.checkpoint = checkpoint;
      this.soundSteps = soundSteps;
    }

    @Override
    public int size() {
      return 2 * LinearNetwork.BATCH;
    }

    @Override
    public String description() {
      return "brightening";
    }

    @Override
    public List<String> classes() {
      return List.of();
    }

    @Override
    public int label(int image) {
      return 0;
    }

    @Override
    public void read(int image, ImageSink sink) {
      if (soundSteps == 0) {
        rememberCheckpoint();
      }
      sink.floats(new float[] {soundSteps > 0 ? 0 : 4, 0, 0, 0}, 0);
    }

    private void rememberCheckpoint() {
      try {
        saved =
            Files.exists(checkpoint)
                ? Optional.of(Files.readAllBytes(checkpoint))
                : Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void step(Progress progress) {
      soundSteps--;
    }

    @Override
    public void epoch(EpochReport report) {
      epochs++;
    }
  }

  /** As an older cnnc may have saved them: what such a run ends with is no weights, either. */
  @Test
  void aCheckpointOfWhatIsNotFiniteIsRefused() throws Exception {
    Path file = folder.resolve("c.safetensors");
    for (String name : List.of("best.fc1.weight", "momentum.fc1.weight", "fc1.weight")) {
      train(settings(1, 1, Optional.of(file)));
      Safetensors saved = Safetensors.read(file);
      saved.tensors().get(name).values()[1] = Float.NaN;
      saved.write(file);
      Trainer trainer =
          new Trainer(task(data(), settings(1, 1, Optional.empty())), TrainingListener.NONE);
      assertThatExceptionOfType(WeightsException.class)
          .isThrownBy(() -> trainer.resume(file))
          .withMessage(
              file + ": tensor \"" + name + "\", element 1: expected a finite number, found NaN");
    }
  }

  @Test
  void stepsAllocateNothingOnAnyThread() throws Exception {
    TrainingTask task = task(Split.none(corners(4000, 1)), settings(6, 2, Optional.empty()));
    long[] bytes = new long[2];
    new Trainer(
            task,
            new TrainingListener() {
              @Override
              public void step(Progress progress) {
                if (progress.epoch() == 6) {
                  if (progress.images() == 400) {
                    bytes[0] = AllocatedBytes.of("cnnc-step");
                  } else if (progress.images() == 4000) {
                    bytes[1] = AllocatedBytes.of("cnnc-step");
                  }
                }
              }
            })
        .run();
    // 900 steps; the smallest object has 16 bytes, and measuring allocates a little.
    assertThat(bytes[1] - bytes[0]).isLessThan(900);
  }
}
