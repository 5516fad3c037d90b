package org.cnnc.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.cnnc.compiler.CompilationRequest;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.training.ProgramClasses;
import org.cnnc.training.TrainingSteps;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One training step of lenet28 on fresh data: forward, loss, backward, SGD with momentum. */
@State(Scope.Benchmark)
public class TrainingStepBenchmark {
  private static final int CLASSES = 10;
  private static final int DIFFERENT_IMAGES = 1024;

  /** Images a step. */
  @Param({"1", "32", "128"})
  public int batch;

  /** Workers of a step. */
  @Param({"1", "2"})
  public int threads;

  private TrainingSteps steps;
  private float[] images;
  private int pixels;
  private int next;

  @Setup
  public void compile() throws IOException {
    CompilerOptions options =
        CompilerOptions.DEFAULT.withPrograms(ProgramKind.TRAINING).withBatch(batch);
    CompiledProgram compiled =
        Compiler.compile(new CompilationRequest(new SourceFile("lenet28.net", lenet28()), options))
            .program(ProgramKind.TRAINING);
    Program program = new ProgramClasses(compiled.classFiles()).create(compiled.className());
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 1);
    steps = new TrainingSteps(program, info, 0.001f, threads);
    pixels = info.input().channels() * info.input().height() * info.input().width();
    images = new float[DIFFERENT_IMAGES * pixels];
    RandomSource random = RandomSource.of(7);
    for (int i = 0; i < images.length; i++) {
      images[i] = random.uniform(-1f, 1f);
    }
  }

  @TearDown
  public void close() {
    steps.close();
  }

  @Benchmark
  public float step() {
    for (int i = 0; i < batch; i++) {
      steps.image(i).floats(images, next * pixels);
      steps.setTarget(i, next % CLASSES);
      next = (next + 1) % DIFFERENT_IMAGES;
    }
    return steps.run(batch);
  }

  private static String lenet28() throws IOException {
    try (InputStream in =
        TrainingStepBenchmark.class.getResourceAsStream("/networks/lenet28.net")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
