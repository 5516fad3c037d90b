package org.cnnc.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.Kind;
import org.cnnc.runtime.ProgramInfo.LossInfo;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.cnnc.runtime.StepRunner;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.data.ImageSink;

/**
 * Single steps of a training program: the caller sets the images and targets of a batch, then runs
 * it. Allocates nothing per step. For one thread; it computes with several.
 */
public final class TrainingSteps implements AutoCloseable {
  private final Program original;
  private final int batch;
  private final int threads;
  private final StepScalars scalars;
  private Bound bound;
  private Optional<WarmUp> warmUp = Optional.empty();

  /**
   * Steps of a program, whose parameters are set by the caller.
   *
   * @param rate learning rate
   * @param threads how many compute
   * @throws IllegalArgumentException if this is no training program
   */
  public TrainingSteps(Program program, ProgramInfo info, float rate, int threads) {
    if (info.kind() != Kind.TRAINING) {
      throw new IllegalArgumentException(info.model() + " is no training program");
    }
    TrainInfo section = info.train().orElseThrow(() -> missing(info, "training section"));
    List<String> names = info.scalars().map(ProgramInfo.ScalarsInfo::names).orElse(List.of());
    this.original = program;
    this.batch = info.batch();
    this.threads = threads;
    this.scalars = new StepScalars(names, section, rate);
    this.bound = new Bound(program, info, threads);
  }

  /**
   * Goes on with another form of the program as soon as it is warm, with the same results.
   *
   * @param faster makes it; called on another thread
   */
  public void warmUp(Supplier<Program> faster) {
    warmUp = Optional.of(new WarmUp(faster));
  }

  /** Whether the steps run in the form that was warmed up. */
  public boolean isWarm() {
    return bound.program != original;
  }

  /** At the beginning of a batch: what it has learnt goes from one form to the other. */
  private void switchWhenWarm() {
    Optional<Program> warm = warmUp.flatMap(WarmUp::program);
    if (warm.isEmpty()) {
      return;
    }
    warmUp = Optional.empty();
    Program program = warm.get();
    ProgramInfo info = ProgramInfo.parse(program.description());
    copy(bound.program, bound.info, program, info);
    Bound next = new Bound(program, info, threads);
    bound.runner.close();
    bound = next;
  }

  /** Brings parameters and states back to the program that the steps began with. */
  public void store() {
    if (isWarm()) {
      copy(bound.program, bound.info, original, ProgramInfo.parse(original.description()));
    }
  }

  private static void copy(Program from, ProgramInfo fromInfo, Program to, ProgramInfo toInfo) {
    StoredTensors source = new StoredTensors(from, fromInfo);
    StoredTensors target = new StoredTensors(to, toInfo);
    Map<String, Tensor> parameters = source.parameters();
    for (ParameterInfo parameter : toInfo.parameters()) {
      target.setParameter(parameter, parameters.get(parameter.name()).values());
    }
    Map<String, Tensor> states = source.states();
    for (NamedBuffer state : toInfo.states()) {
      target.setState(state, states.get(state.name()).values());
    }
  }

  private static Optional<ValueInfo> keptScores(ProgramInfo info) {
    return info.outputs().stream()
        .findFirst()
        .flatMap(output -> info.value(output.value()))
        .filter(value -> value.dims().size() == 1)
        .filter(value -> info.buffers().get(value.buffer()).scope() != Scope.WORKER);
  }

  private static IllegalArgumentException missing(ProgramInfo info, String what) {
    return new IllegalArgumentException(info.model() + " has no " + what);
  }

  /** Most images of one step. */
  public int batch() {
    return batch;
  }

  /** What the program says of itself. */
  public ProgramInfo info() {
    return bound.info;
  }

  /** The program that runs now; {@link #store} brings what it learnt to the first one. */
  public Program program() {
    return bound.program;
  }

  /** The numbers that change from step to step; it counts the steps. */
  public StepScalars scalars() {
    return scalars;
  }

  /**
   * Takes one image of the next batch, the first one first.
   *
   * @param position its place in the batch
   */
  public ImageSink image(int position) {
    if (position == 0 && warmUp.isPresent()) {
      switchWhenWarm();
    }
    bound.sink.position = position;
    return bound.sink;
  }

  /** Sets the class of an image of the next batch. */
  public void setTarget(int position, int label) {
    bound.targets.set(position, label);
  }

  /**
   * Runs one step.
   *
   * @param images how many are set, 1 to the compiled batch
   * @return the mean loss before the step's update
   */
  public float run(int images) {
    if (images < 1 || images > batch) {
      throw new IllegalArgumentException(images + " images in a batch of " + batch);
    }
    scalars.next(images, bound.scalarsRow);
    bound.runner.run(images);
    return lossOf(images);
  }

  /** Mean loss of the last step: summed in double in the order of the images. */
  private float lossOf(int images) {
    double sum = 0;
    for (int i = 0; i < images; i++) {
      sum += bound.losses.get(i);
    }
    return (float) (sum / images);
  }

  /** Loss of one image in the last step. */
  public float loss(int position) {
    return bound.losses.get(position);
  }

  /** Whether a program keeps the scores of its first output, so that {@link #said} works. */
  boolean knowsScores() {
    return bound.scoreCount > 0;
  }

  /** The class with the largest score in the last step, the first of equal ones. */
  int said(int position) {
    float[] row = bound.scoreRows[position];
    int best = 0;
    for (int i = 1; i < bound.scoreCount; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }

  /** Part of the epoch's images that were named rightly. */
  OptionalDouble trainingAccuracy(EpochProgress progress) {
    return knowsScores()
        ? OptionalDouble.of((double) progress.correct / progress.images)
        : OptionalDouble.empty();
  }

  /** The first value, in the network's order, that the last step left with a number not finite. */
  Optional<String> firstValueNotFinite(int images) {
    return bound.info.values().stream()
        .filter(value -> bound.info.buffers().get(value.buffer()).scope() != Scope.WORKER)
        .filter(value -> !isFinite(value, images))
        .map(ValueInfo::name)
        .findFirst();
  }

  private boolean isFinite(ValueInfo value, int images) {
    float[][] rows = bound.program.rows(value.buffer());
    float[] elements = new float[value.elements()];
    for (int image = 0; image < images; image++) {
      value.read(rows, image, elements, 0);
      for (float element : elements) {
        if (!Float.isFinite(element)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    warmUp.ifPresent(WarmUp::close);
    bound.runner.close();
  }

  /** A program with its threads and the places that are written and read at each step. */
  private static final class Bound {
    private final Program program;
    private final ProgramInfo info;
    private final StepRunner runner;
    private final float[] scalarsRow;
    private final FloatColumn targets;
    private final FloatColumn losses;
    private final int scoreCount;
    private final float[][] scoreRows;
    private final BatchSink sink;

    Bound(Program program, ProgramInfo info, int threads) {
      LossInfo loss = info.loss().orElseThrow(() -> missing(info, "loss"));
      this.program = program;
      this.info = info;
      this.scalarsRow =
          info.scalars().map(all -> program.rows(all.buffer())[0]).orElse(new float[0]);
      this.targets = new FloatColumn(program.rows(loss.targetsBuffer()));
      this.losses = new FloatColumn(program.rows(loss.lossesBuffer()));
      Optional<ValueInfo> scores = keptScores(info);
      this.scoreCount = scores.map(ValueInfo::elements).orElse(0);
      this.scoreRows = scores.map(value -> program.rows(value.buffer())).orElse(new float[0][]);
      this.sink = new BatchSink(program, info);
      this.runner = new StepRunner(program, info, threads);
    }
  }

  /** One float an image, in one row or in rows of one. */
  @SuppressWarnings("ArrayRecordComponent") // the program's own storage, never compared
  private record FloatColumn(float[][] rows) {
    float get(int image) {
      return rows[image / rows[0].length][image % rows[0].length];
    }

    void set(int image, float value) {
      rows[image / rows[0].length][image % rows[0].length] = value;
    }
  }

  /** Puts images where the program takes its input from. */
  private static final class BatchSink implements ImageSink {
    private final ValueInfo images;
    private final float[][] rows;
    private final PixelPreprocessing preprocessing;
    private int position;

    BatchSink(Program program, ProgramInfo info) {
      this.images = info.images();
      this.rows = program.rows(images.buffer());
      this.preprocessing = new PixelPreprocessing(info.input());
    }

    @Override
    public void pixels(byte[] pixels, int offset) {
      preprocessing.write(pixels, offset, images, rows, position);
    }

    @Override
    public void floats(float[] values, int offset) {
      images.write(values, offset, rows, position);
    }
  }
}
