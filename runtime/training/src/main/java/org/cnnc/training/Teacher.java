package org.cnnc.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Picture;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.VectorSupport;
import org.cnnc.runtime.WeightsException;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;
import org.cnnc.training.data.Split;

/**
 * Goes on training a network inside an app, with the few images that the app's user shows.
 *
 * <p>A lesson trains on all that was shown so far, again and again, until every image is named
 * rightly and the mean loss is at most {@value #ENOUGH} (a probability of about 90 %), at most for
 * the settings' epochs. Each class comes as often as the others, however many images of it there
 * are: ten drawings are not lost among hundreds. It has no other images: what it is not shown it
 * may forget, so show some of every class. A class that the network has but was never trained for
 * can be taught in the same way.
 *
 * <p>The result is a function of the weights, of what was shown and in which order, and of the
 * settings. Where a teacher has the vector form of its program, too, and Java runs that well, it
 * goes over to it when lessons have taken five seconds; that changes no bit. Its methods may be
 * called by several threads; a lesson keeps the others waiting.
 */
public final class Teacher {
  /** Passes over what was shown, where the settings do not say otherwise. */
  private static final int EPOCHS = 100;

  /**
   * Part of the model's own rate, where the settings do not say otherwise. Measured on lenet28,
   * taught a new symbol by ten drawings beside 20 pictures of each digit: the accuracy on unseen
   * digits went from 97.2 % to 97.7 % at a fifth of the rate, to 95.7 % at the whole; of 200 unseen
   * drawings 198 and 200 were named rightly.
   */
  private static final float RATE = 0.2f;

  /** Mean loss that is small enough. */
  private static final double ENOUGH = 0.1;

  /**
   * Nanoseconds of lessons before vectors are warmed up: about what that costs of processor time.
   */
  private static final long WORK_BEFORE = 5_000_000_000L;

  private static final Optional<Path> NO_CHECKPOINT = Optional.empty();

  private final Program prediction;
  private final int classes;
  private final List<String> labels;
  private final TrainerSettings settings;
  private final PixelPreprocessing preprocessing;
  private final List<Example> examples = new ArrayList<>();
  private Program training;
  private ProgramInfo info;
  private Optional<Supplier<Program>> vectors;
  private long taught;
  private volatile boolean usesVectors;

  /**
   * A teacher that trains as the model's text says, but in smaller steps, at a fifth of the rate,
   * which keep more of what the model knows; for at most 100 epochs, on one thread.
   *
   * @param training program of one training step, for the teacher alone
   * @param prediction program of the same network, for the teacher alone
   * @throws IllegalArgumentException if the first is no training program
   */
  public Teacher(Program training, Program prediction) {
    this(training, prediction, settings(training));
  }

  /** A teacher with other settings; their checkpoint is not used. */
  public Teacher(Program training, Program prediction, TrainerSettings settings) {
    this(training, Optional.empty(), prediction, settings);
  }

  /**
   * A teacher that goes over to vectors when that pays.
   *
   * @param vectors makes the training program in its form for the Vector API; called where Java has
   *     it, maybe on another thread
   */
  public Teacher(Program training, Supplier<Program> vectors, Program prediction) {
    this(training, Optional.of(vectors), prediction, settings(training));
  }

  /** The same with other settings. */
  public Teacher(
      Program training, Supplier<Program> vectors, Program prediction, TrainerSettings settings) {
    this(training, Optional.of(vectors), prediction, settings);
  }

  private Teacher(
      Program training,
      Optional<Supplier<Program>> vectors,
      Program prediction,
      TrainerSettings settings) {
    this.training = training;
    this.vectors = vectors;
    this.prediction = prediction;
    this.info = ProgramInfo.parse(training.description());
    ProgramInfo answers = ProgramInfo.parse(prediction.description());
    OutputInfo output = answers.outputs().get(0);
    this.classes = answers.value(output.value()).orElseThrow().elements();
    this.labels = output.labels();
    this.settings =
        new TrainerSettings(
            settings.epochs(), settings.rate(), settings.seed(), settings.threads(), NO_CHECKPOINT);
    this.preprocessing = new PixelPreprocessing(info.input());
    if (VectorSupport.isDemanded() && VectorSupport.isWanted()) {
      vectors.ifPresent(form -> goOnWith(form.get()));
    }
  }

  private void goOnWith(Program form) {
    training = form;
    info = ProgramInfo.parse(form.description());
    vectors = Optional.empty();
    usesVectors = true;
  }

  /** Whether lessons train with the Vector API by now. */
  public boolean usesVectors() {
    return usesVectors;
  }

  private static TrainerSettings settings(Program training) {
    ProgramInfo info = ProgramInfo.parse(training.description());
    TrainInfo section =
        info.train()
            .orElseThrow(
                () -> new IllegalArgumentException(info.model() + " is no training program"));
    TrainerSettings own = TrainerSettings.of(section, 1, NO_CHECKPOINT);
    return new TrainerSettings(EPOCHS, RATE * own.rate(), own.seed(), 1, NO_CHECKPOINT);
  }

  /**
   * Shows a picture of any size.
   *
   * @param label number of its class
   * @throws IllegalArgumentException if the network has no such class, or does not take pictures
   */
  public synchronized void show(int label, Picture picture) {
    byte[] pixels = new byte[info.input().elements()];
    preprocessing.resize(picture.argb(), picture.width(), picture.height(), pixels, 0);
    add(label, sink -> sink.pixels(pixels, 0));
  }

  /**
   * Shows an image as the network takes it.
   *
   * @param input channels * height * width floats, copied
   * @throws IllegalArgumentException if the network has no such class, or their number is wrong
   */
  public synchronized void show(int label, float[] input) {
    InputInfo wanted = info.input();
    if (input.length != wanted.elements()) {
      throw new IllegalArgumentException(
          "expected " + wanted.elements() + " floats, got " + input.length);
    }
    float[] copy = input.clone();
    add(label, sink -> sink.floats(copy, 0));
  }

  private void add(int label, Image image) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException("no class " + label + " of " + classes);
    }
    examples.add(new Example(label, image));
  }

  /** Drops what was shown so far. */
  public synchronized void forget() {
    examples.clear();
  }

  /**
   * Holds a lesson.
   *
   * @param weights what the network knows so far
   * @return how it went, with the new weights
   * @throws WeightsException if the weights are another network's
   * @throws TrainingException if nothing was shown, or the loss is not finite, or what was learnt
   */
  public synchronized Lesson learn(Safetensors weights) throws WeightsException, TrainingException {
    if (examples.isEmpty()) {
      throw new TrainingException("nothing was shown to learn from");
    }
    Dataset shown = new Shown(List.copyOf(examples), labels);
    Evaluation before =
        Evaluation.of(PredictionSession.load(prediction, weights), shown, settings.threads());
    Parameters.load(training, info, weights);
    Split data = new Split(balanced(shown), Optional.of(shown));
    Stop stop = new Stop();
    if (vectors.isPresent() && taught >= WORK_BEFORE) {
      VectorSupport.tellOnce();
    }
    TrainingTask plain = new TrainingTask(training, prediction, data, settings);
    TrainingTask task = vectors.map(plain::withVectors).orElse(plain);
    Trainer trainer = new Trainer(task, stop, Math.max(0, WORK_BEFORE - taught));
    stop.trainer = trainer;
    TrainingResult result = run(trainer);
    Evaluation after = stop.best.orElse(before);
    int epochs = result.history().size();
    Lesson lesson = new Lesson(before, after, epochs, taught(weights, result.weights(), shown));
    return lesson.improved() ? lesson : new Lesson(before, before, epochs, weights);
  }

  /** Every class that was shown comes as often as the one that was shown most. */
  private Dataset balanced(Dataset shown) {
    int[][] byClass =
        IntStream.range(0, classes)
            .mapToObj(
                label ->
                    IntStream.range(0, shown.size()).filter(i -> shown.label(i) == label).toArray())
            .filter(images -> images.length > 0)
            .toArray(int[][]::new);
    int most = Arrays.stream(byClass).mapToInt(images -> images.length).max().orElseThrow();
    int[] order =
        Arrays.stream(byClass)
            .flatMapToInt(images -> IntStream.range(0, most).map(i -> images[i % images.length]))
            .toArray();
    return shown.subset(order, "each class as often");
  }

  private TrainingResult run(Trainer trainer) throws TrainingException {
    long begin = System.nanoTime();
    try {
      return trainer.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no checkpoint to write
    } finally {
      taught += System.nanoTime() - begin;
      if (trainer.running() != training) {
        goOnWith(trainer.running());
      } else if (trainer.gaveUpOnFaster()) { // later lessons would find the same
        vectors = Optional.empty();
      }
    }
  }

  /** The old weights' origin stays known; how good they were is no longer true. */
  private static Safetensors taught(Safetensors old, Safetensors found, Dataset shown) {
    Map<String, String> metadata = new LinkedHashMap<>(old.metadata());
    metadata.keySet().removeAll(List.of(Trainer.ACCURACY, Trainer.LOSS));
    metadata.put(Parameters.HASH_KEY, found.metadata().get(Parameters.HASH_KEY));
    metadata.put("cnnc.taught", shown.description());
    metadata.put(WeightsDigest.KEY, WeightsDigest.of(found.tensors()));
    return new Safetensors(old.source(), metadata, found.tensors());
  }

  /** Hands an image to the network. */
  private interface Image {
    void read(ImageSink sink);
  }

  private record Example(int label, Image image) {}

  /** What was shown, as data. */
  private record Shown(List<Example> examples, List<String> classes) implements Dataset {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public String description() {
      return examples.size() + " images shown";
    }

    @Override
    public int label(int image) {
      return examples.get(image).label();
    }

    @Override
    public void read(int image, ImageSink sink) {
      examples.get(image).image().read(sink);
    }
  }

  /** Ends a lesson when it is learnt. */
  private static final class Stop implements TrainingListener {
    private Trainer trainer;
    private Optional<Evaluation> best = Optional.empty();

    @Override
    public void epoch(EpochReport report) {
      Evaluation result = report.validation().orElseThrow();
      if (report.best()) {
        best = Optional.of(result);
      }
      if (result.correct() == result.images() && result.meanLoss() <= ENOUGH) {
        trainer.stop();
      }
    }
  }
}
