package org.cnnc.compiler.run;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.StepRunner;
import org.cnnc.training.TrainingSteps;

/**
 * Trains or predicts in a virtual machine of its own until C2 has compiled every kernel, a
 * compilation fails, the compilers have come to rest or the time is up, and prints how many kernels
 * there are, which are missing, and what failed; one program after the other, each with a package
 * of its own.
 */
final class RunUntilCompiled {
  private static final int RUNS_BETWEEN_LOOKS = 50;

  private RunUntilCompiled() {}

  /**
   * Takes a network of the corpus, the most seconds for a program, and then, for each, a target and
   * the batch of a training, or 0 for predictions. Programs are those that the command makes for
   * the Java that runs.
   */
  public static void main(String... arguments) throws IOException {
    int seconds = Integer.parseInt(arguments[1]);
    for (int i = 2; i < arguments.length; i += 2) {
      Target target = Target.valueOf(arguments[i]);
      int batch = Integer.parseInt(arguments[i + 1]);
      String what = target + " " + batch + ": ";
      CompiledProgram compiled = compile(arguments[0], target, batch, "form" + i);
      runUntilCompiled(compiled, batch, TimeUnit.SECONDS.toNanos(seconds), what);
    }
  }

  private static CompiledProgram compile(
      String network, Target target, int batch, String packageName) throws IOException {
    ProgramKind kind = batch > 0 ? ProgramKind.TRAINING : ProgramKind.PREDICTION;
    CompilerOptions options =
        CompilerOptions.DEFAULT
            .withPrograms(kind)
            .withPackageName(packageName)
            .withTargets(target)
            .forJava(Runtime.version().feature());
    return Texts.corpus(network, batch > 0 ? options.withBatch(batch) : options).program(kind);
  }

  private static void runUntilCompiled(
      CompiledProgram compiled, int batch, long nanos, String what) {
    Set<String> kernels = Kernels.of(compiled.classFiles().get(compiled.className()));
    long limit = System.nanoTime() + nanos;
    try (CompilationWatch watch = new CompilationWatch(Set.of(compiled.className()));
        Work work = work(MemoryLoader.of(compiled.files()).program(compiled.className()), batch)) {
      while (!watch.missing(compiled.className(), kernels).isEmpty()
          && watch.failures().isEmpty()
          && !watch.isAtRest()
          && System.nanoTime() < limit) {
        for (int i = 0; i < RUNS_BETWEEN_LOOKS; i++) {
          work.run(i);
        }
      }
      System.out.println(what + "kernels " + kernels.size());
      print(what + "missing", watch.missing(compiled.className(), kernels));
      print(what + "failed", watch.failures());
    }
  }

  private static void print(String what, Collection<String> methods) {
    methods.forEach(method -> System.out.println(what + " " + method));
  }

  private static Work work(Program program, int batch) {
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 1);
    return batch > 0
        ? new Training(new TrainingSteps(program, info, 1e-4f, 1), RandomSource.of(1))
        : new Predictions(new StepRunner(program, info, 1), info.batch());
  }

  private interface Work extends AutoCloseable {
    void run(int count);

    @Override
    void close();
  }

  /** Of whole batches and, in turns, of those with an image less: other kernels are for those. */
  private record Training(TrainingSteps steps, RandomSource random) implements Work {
    @Override
    public void run(int count) {
      int images = Math.max(1, steps.batch() - count % 2);
      float[] image = new float[steps.info().input().elements()];
      for (int position = 0; position < images; position++) {
        for (int i = 0; i < image.length; i++) {
          image[i] = random.uniform(-1, 1);
        }
        steps.image(position).floats(image, 0);
        steps.setTarget(position, position % 3);
      }
      steps.run(images);
    }

    @Override
    public void close() {
      steps.close();
    }
  }

  /**
   * Of one image and, in turns, of as many as are computed at once. Each brings the parameters into
   * order anew, so those kernels are hot, too.
   */
  private record Predictions(StepRunner runner, int group) implements Work {
    @Override
    public void run(int count) {
      runner.run(count % 2 == 0 ? 1 : group);
    }

    @Override
    public void close() {
      runner.close();
    }
  }
}
