package org.cnnc.training;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.Kind;
import org.cnnc.runtime.ProgramInfo.LossInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.cnnc.runtime.StepRunner;
import org.cnnc.training.data.ImageSink;

/**
 * Single steps of a training program: the caller sets the images and targets of a batch, then runs
 * it. Allocates nothing per step. For one thread; it computes with several.
 */
public final class TrainingSteps implements AutoCloseable {
  private final Program program;
  private final ProgramInfo info;
  private final int batch;
  private final StepRunner runner;
  private final StepScalars scalars;
  private final float[] scalarsRow;
  private final FloatColumn targets;
  private final FloatColumn losses;
  private final int scoreCount;
  private final float[][] scoreRows;
  private final BatchSink sink;

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
    LossInfo loss = info.loss().orElseThrow(() -> missing(info, "loss"));
    TrainInfo section = info.train().orElseThrow(() -> missing(info, "training section"));
    List<String> names = info.scalars().map(ProgramInfo.ScalarsInfo::names).orElse(List.of());
    this.program = program;
    this.info = info;
    this.batch = info.batch();
    this.scalars = new StepScalars(names, section, rate);
    this.scalarsRow = info.scalars().map(all -> program.rows(all.buffer())[0]).orElse(new float[0]);
    this.targets = new FloatColumn(program.rows(loss.targetsBuffer()));
    this.losses = new FloatColumn(program.rows(loss.lossesBuffer()));
    Optional<ValueInfo> scores = keptScores(info);
    this.scoreCount = scores.map(ValueInfo::elements).orElse(0);
    this.scoreRows = scores.map(value -> program.rows(value.buffer())).orElse(new float[0][]);
    this.sink = new BatchSink(program, info);
    this.runner = new StepRunner(program, info, threads);
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
    return info;
  }

  /** The program itself. */
  public Program program() {
    return program;
  }

  /** The numbers that change from step to step; it counts the steps. */
  public StepScalars scalars() {
    return scalars;
  }

  /**
   * Takes one image of the next batch.
   *
   * @param position its place in the batch
   */
  public ImageSink image(int position) {
    sink.position = position;
    return sink;
  }

  /** Sets the class of an image of the next batch. */
  public void setTarget(int position, int label) {
    targets.set(position, label);
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
    scalars.next(images, scalarsRow);
    runner.run(images);
    return lossOf(images);
  }

  /** Mean loss of the last step: summed in double in the order of the images. */
  private float lossOf(int images) {
    double sum = 0;
    for (int i = 0; i < images; i++) {
      sum += losses.get(i);
    }
    return (float) (sum / images);
  }

  /** Loss of one image in the last step. */
  public float loss(int position) {
    return losses.get(position);
  }

  /** Whether a program keeps the scores of its first output, so that {@link #said} works. */
  boolean knowsScores() {
    return scoreCount > 0;
  }

  /** The class with the largest score in the last step, the first of equal ones. */
  int said(int position) {
    float[] row = scoreRows[position];
    int best = 0;
    for (int i = 1; i < scoreCount; i++) {
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
    return info.values().stream()
        .filter(value -> info.buffers().get(value.buffer()).scope() != Scope.WORKER)
        .filter(value -> !isFinite(value, images))
        .map(ValueInfo::name)
        .findFirst();
  }

  private boolean isFinite(ValueInfo value, int images) {
    float[][] rows = program.rows(value.buffer());
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
    runner.close();
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
