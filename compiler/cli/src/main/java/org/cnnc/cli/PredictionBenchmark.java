package org.cnnc.cli;

import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.model.ParallelImages;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;

/**
 * The scores of another batch of random images than before; with several threads each takes some of
 * them.
 */
final class PredictionBenchmark implements Stopwatch.Work, AutoCloseable {
  private final PredictionSession session;
  private final ParallelImages parallel;
  private final RandomImages images;
  private final int batch;
  private final int atOnce;
  private final int classes;
  private final float[] scores;

  PredictionBenchmark(Model model, CompilerOptions options, int batch, int threads)
      throws ModelException {
    Program program =
        model.programs(options, ProgramKind.PREDICTION).create(ProgramKind.PREDICTION);
    ProgramInfo info = InMemoryPrograms.info(program);
    Parameters.initialise(program, info, 1);
    this.batch = batch;
    this.classes = model.network().outputs().get(0).value().shape().elements();
    this.scores = new float[batch * classes];
    this.images = new RandomImages(batch, info.input().elements(), classes);
    this.session = new PredictionSession(program, info, threads);
    this.atOnce = session.imagesAtOnce(batch, threads);
    this.parallel = new ParallelImages(threads);
  }

  @Override
  public void prepare() {
    images.next();
  }

  @Override
  public void run() {
    parallel.forEach((batch + atOnce - 1) / atOnce, group -> predict(group * atOnce));
  }

  private void predict(int first) {
    int count = Math.min(atOnce, batch - first);
    session.predict(images.values(), images.offset(first), count, scores, first * classes);
  }

  @Override
  public void close() {
    parallel.close();
  }
}
