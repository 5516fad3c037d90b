package org.cnnc.benchmarks.kernels;

import org.cnnc.compiler.CompilationRequest;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.NetworkSummary;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.StepRunner;
import org.cnnc.training.ProgramClasses;
import org.cnnc.training.TrainingSteps;

/** A compiled network with random parameters and images, on one thread. */
final class RunningNetwork implements AutoCloseable {
  private final Runnable work;
  private final Runnable close;
  private final double flops;

  private RunningNetwork(Runnable work, Runnable close, double flops) {
    this.work = work;
    this.close = close;
    this.flops = flops;
  }

  /**
   * Compiles and loads a network.
   *
   * @param batch images of a training step; a prediction is of one
   */
  static RunningNetwork of(String text, Job job, Target target, int batch) {
    CompilerOptions options =
        CompilerOptions.DEFAULT
            .withPrograms(job.program())
            .withTargets(target)
            .withBatch(batch)
            .withKeptGradients(KeptGradients.IMAGE);
    CompilationResult result =
        Compiler.compile(new CompilationRequest(new SourceFile("kernel.net", text), options));
    if (result.hasErrors()) {
      throw new IllegalArgumentException(result.diagnostics() + "\n" + text);
    }
    CompiledProgram compiled = result.program(job.program());
    Program program = new ProgramClasses(compiled.classFiles()).create(compiled.className());
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 1);
    double forward = 2.0 * NetworkSummary.of(result.network().orElseThrow()).multiplyAdds();
    return job == Job.PREDICT
        ? predicting(program, info, forward)
        : training(program, info, 3 * forward * info.batch());
  }

  private static RunningNetwork predicting(Program program, ProgramInfo info, double flops) {
    StepRunner runner = new StepRunner(program, info, 1);
    runner.run(1); // prepares the parameters, too
    int forward = info.phase("forward").orElseThrow();
    Program.Scratch scratch = program.newScratch();
    fill(scratch.rows(info.imagesBuffer()));
    runner.close();
    return new RunningNetwork(() -> program.run(forward, 0, 1, scratch), () -> {}, flops);
  }

  private static RunningNetwork training(Program program, ProgramInfo info, double flops) {
    TrainingSteps steps = new TrainingSteps(program, info, 1e-4f, 1);
    float[][] image = {new float[info.input().elements()]};
    for (int position = 0; position < info.batch(); position++) {
      fill(image);
      steps.image(position).floats(image[0], 0);
    }
    return new RunningNetwork(() -> steps.run(info.batch()), steps::close, flops);
  }

  private static void fill(float[][] rows) {
    RandomSource random = RandomSource.of(7);
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.uniform(-1, 1);
      }
    }
  }

  /** One training step, or one prediction. */
  void run() {
    work.run();
  }

  /**
   * Floating point operations of a run by definition, whatever the algorithm: two a multiply-add,
   * and a training step as three forward passes.
   */
  double flops() {
    return flops;
  }

  @Override
  public void close() {
    close.run();
  }
}
