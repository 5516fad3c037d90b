package org.cnnc.compiler.run;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.training.TrainingSteps;

/**
 * Trains in a virtual machine of its own until C2 has compiled every kernel, a compilation fails or
 * the time is up, and prints how many kernels there are, which are missing, and what failed.
 */
final class TrainUntilCompiled {
  /** Few, so that what runs once a step gets hot soon. */
  private static final int BATCH = 2;

  private static final int STEPS_BETWEEN_LOOKS = 50;

  private TrainUntilCompiled() {}

  /** Takes a network of the corpus, a target, and the most seconds. */
  public static void main(String... arguments) throws IOException {
    CompilerOptions options =
        CompilerOptions.DEFAULT
            .withPrograms(ProgramKind.TRAINING)
            .withBatch(BATCH)
            .withTargets(Target.valueOf(arguments[1]));
    CompiledProgram compiled = Texts.corpus(arguments[0], options).program(ProgramKind.TRAINING);
    Set<String> kernels = Kernels.of(compiled.classFiles().get(compiled.className()));
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[2]));
    try (CompilationWatch watch = new CompilationWatch(compiled.className());
        TrainingSteps steps = steps(Backend.BYTECODE.load(compiled))) {
      RandomSource random = RandomSource.of(1);
      while (!watch.missing(kernels).isEmpty()
          && watch.failures().isEmpty()
          && System.nanoTime() < limit) {
        for (int i = 0; i < STEPS_BETWEEN_LOOKS; i++) {
          step(steps, i % 2 == 0 ? BATCH : BATCH - 1, random);
        }
      }
      System.out.println("kernels " + kernels.size());
      print("missing", watch.missing(kernels));
      print("failed", watch.failures());
    }
  }

  private static void print(String what, Collection<String> methods) {
    methods.forEach(method -> System.out.println(what + " " + method));
  }

  private static TrainingSteps steps(Program program) {
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 1);
    return new TrainingSteps(program, info, 1e-4f, 1);
  }

  /** With fewer images than a batch has, too: other kernels are for those. */
  private static void step(TrainingSteps steps, int images, RandomSource random) {
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
}
