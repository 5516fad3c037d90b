package org.cnnc.training;

import java.util.Map;
import java.util.Optional;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.LossInfo;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.cnnc.runtime.StepRunner;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.data.ImageSink;

/**
 * A training program with its threads, and the places in its storage that are written before a step
 * and read after it. Positions are those of images in the batch.
 */
final class BoundProgram implements AutoCloseable {
  private final Program program;
  private final ProgramInfo info;
  private final StepRunner runner;
  private final float[] scalarsRow;
  private final FloatColumn targets;
  private final FloatColumn losses;
  private final int scoreCount;
  private final float[][] scoreRows;
  private final BatchSink sink;
  private final int firstUpdate;

  /**
   * Starts the threads.
   *
   * @throws IllegalArgumentException if the program has no loss
   */
  BoundProgram(Program program, ProgramInfo info, int threads) {
    LossInfo loss =
        info.loss().orElseThrow(() -> new IllegalArgumentException(info.model() + " has no loss"));
    this.program = program;
    this.info = info;
    this.scalarsRow = info.scalars().map(all -> program.rows(all.buffer())[0]).orElse(new float[0]);
    this.targets = new FloatColumn(program.rows(loss.targetsBuffer()));
    this.losses = new FloatColumn(program.rows(loss.lossesBuffer()));
    Optional<ValueInfo> scores = keptScores(info);
    this.scoreCount = scores.map(ValueInfo::elements).orElse(0);
    this.scoreRows = scores.map(value -> program.rows(value.buffer())).orElse(new float[0][]);
    this.sink = new BatchSink(program, info);
    this.runner = new StepRunner(program, info, threads);
    this.firstUpdate = firstUpdate(info);
  }

  private static Optional<ValueInfo> keptScores(ProgramInfo info) {
    return info.outputs().stream()
        .findFirst()
        .flatMap(output -> info.value(output.value()))
        .filter(value -> value.dims().size() == 1)
        .filter(value -> info.buffers().get(value.buffer()).scope() != Scope.WORKER);
  }

  private static int firstUpdate(ProgramInfo info) {
    int phase = 0;
    while (phase < info.phases().size() && !info.phases().get(phase).updates()) {
      phase++;
    }
    return phase;
  }

  Program program() {
    return program;
  }

  ProgramInfo info() {
    return info;
  }

  /** Gives parameters and states to another form of the same program. */
  void handTo(Program other, ProgramInfo otherInfo) {
    StoredTensors source = new StoredTensors(program, info);
    StoredTensors target = new StoredTensors(other, otherInfo);
    Map<String, Tensor> parameters = source.parameters();
    for (ParameterInfo parameter : otherInfo.parameters()) {
      target.setParameter(parameter, parameters.get(parameter.name()).values());
    }
    Map<String, Tensor> states = source.states();
    for (NamedBuffer state : otherInfo.states()) {
      target.setState(state, states.get(state.name()).values());
    }
  }

  int threads() {
    return runner.threads();
  }

  ImageSink image(int position) {
    sink.position = position;
    return sink;
  }

  void setTarget(int position, int label) {
    targets.set(position, label);
  }

  /**
   * Runs a step.
   *
   * @param onlyIfFinite it ends before its update if a loss is not finite; nothing has changed then
   */
  void run(int images, StepScalars scalars, boolean onlyIfFinite) {
    scalars.next(images, scalarsRow);
    runner.run(images, 0, firstUpdate);
    if (!onlyIfFinite || lossesAreFinite(images)) {
      runner.run(images, firstUpdate, info.phases().size());
    }
  }

  private boolean lossesAreFinite(int images) {
    for (int i = 0; i < images; i++) {
      if (!Float.isFinite(losses.get(i))) {
        return false;
      }
    }
    return true;
  }

  float loss(int position) {
    return losses.get(position);
  }

  /** Whether the scores of the first output are kept, so that {@link #said} works. */
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
