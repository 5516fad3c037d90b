package org.cnnc.cli;

import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.TrainingSteps;

/** One training step on another batch of random images than the step before. */
final class TrainingBenchmark implements Stopwatch.Work, AutoCloseable {
  /** Small: random labels cannot be learnt, and the numbers must stay numbers. */
  private static final float RATE = 1e-3f;

  private final TrainingSteps steps;
  private final RandomImages images;
  private final int batch;

  TrainingBenchmark(Model model, CompilerOptions options, int batch, int threads)
      throws ModelException {
    Program program =
        model.programs(options.withBatch(batch), ProgramKind.TRAINING).create(ProgramKind.TRAINING);
    ProgramInfo info = InMemoryPrograms.info(program);
    Parameters.initialise(program, info, 1);
    this.batch = batch;
    int classes = model.network().loss().orElseThrow().value().shape().elements();
    this.images = new RandomImages(batch, info.input().elements(), classes);
    this.steps = new TrainingSteps(program, info, RATE, threads);
  }

  @Override
  public void prepare() {
    images.next();
  }

  /** The batch is copied to where the program takes it from: that is part of each step. */
  @Override
  public void run() {
    for (int i = 0; i < batch; i++) {
      steps.image(i).floats(images.values(), images.offset(i));
      steps.setTarget(i, images.label(i));
    }
    steps.run(batch);
  }

  @Override
  public void close() {
    steps.close();
  }
}
