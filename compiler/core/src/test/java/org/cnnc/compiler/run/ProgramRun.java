package org.cnnc.compiler.run;

import java.util.Map;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.LossInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.ScalarsInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.cnnc.runtime.StepRunner;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;

/** A loaded program, addressed by the names and dense layouts that fixtures use. */
public final class ProgramRun {
  private final Program program;
  private final ProgramInfo info;
  private final Program.Scratch scratch;

  public ProgramRun(Program program) {
    this.program = program;
    this.info = ProgramInfo.parse(program.description());
    this.scratch = program.newScratch();
  }

  public Program program() {
    return program;
  }

  public ProgramInfo info() {
    return info;
  }

  public ProgramRun setParameters(Map<String, Tensor> tensors) {
    StoredTensors stored = new StoredTensors(program, info);
    for (ParameterInfo parameter : info.parameters()) {
      stored.setParameter(parameter, tensors.get(parameter.name()).values());
    }
    return this;
  }

  /** Runs all phases on one thread. */
  public void step(int images) {
    for (int phase = 0; phase < info.phases().size(); phase++) {
      for (int task = 0; task < info.phases().get(phase).tasks(); task++) {
        program.run(phase, task, images, scratch);
      }
    }
  }

  /** Runs all phases on several threads. */
  public void step(int images, int threads) {
    try (StepRunner runner = new StepRunner(program, info, threads)) {
      runner.run(images);
    }
  }

  /** Fills the image buffer from dense images [n, C, H, W], beginning with image {@code first}. */
  public void setImages(float[] values, int first, int images) {
    float[][] rows = buffer(info.imagesBuffer());
    int channels = info.input().channels();
    int plane = info.input().height() * info.input().width();
    for (int row = 0; row < images * channels; row++) {
      System.arraycopy(values, (first * channels + row) * plane, rows[row], 0, plane);
    }
  }

  /** The same for the image at one place. */
  public void setImage(int place, float[] values) {
    info.images().write(values, 0, buffer(info.imagesBuffer()), place);
  }

  public float[] targets() {
    return buffer(info.loss().orElseThrow().targetsBuffer())[0];
  }

  /** Rows of the targets of a loss that takes tensors. */
  public float[][] targetRows() {
    return buffer(info.loss().orElseThrow().targetsBuffer());
  }

  public float[] losses() {
    LossInfo loss = info.loss().orElseThrow();
    return buffer(loss.lossesBuffer())[0];
  }

  public void setScalar(String name, float value) {
    ScalarsInfo scalars = info.scalars().orElseThrow();
    buffer(scalars.buffer())[0][scalars.names().indexOf(name)] = value;
  }

  /** A value of images 0 .. images - 1, dense. */
  public float[] value(String name, int images) {
    ValueInfo value = info.value(name).orElseThrow();
    float[][] rows = buffer(value.buffer());
    boolean vector = value.dims().size() == 1;
    int rowsPerImage = vector ? 1 : value.dims().get(0);
    int height = vector ? 1 : value.dims().get(1);
    int width = vector ? value.dims().get(0) : value.dims().get(2);
    float[] result = new float[images * rowsPerImage * height * width];
    int to = 0;
    for (int row = 0; row < images * rowsPerImage; row++) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(rows[row], y * value.pitch(), result, to, width);
        to += width;
      }
    }
    return result;
  }

  public float[] gradient(String parameter) {
    return new StoredTensors(program, info).gradients().get(parameter).values();
  }

  public float[] parameter(String name) {
    return new StoredTensors(program, info).parameters().get(name).values();
  }

  private float[][] buffer(int number) {
    return info.buffers().get(number).scope() == ProgramInfo.Scope.WORKER
        ? scratch.rows(number)
        : program.rows(number);
  }
}
