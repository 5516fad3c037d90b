package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.TrainingSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Training that begins with plain loops and goes on with vectors when they are warm. */
final class SwitchingTest {
  private static final int STEPS_AFTER = 7;
  private static final int IMAGES = 3;

  @Test
  @Timeout(300)
  void whenTheSwitchComesChangesNoBit() throws IOException {
    CompilationResult plain = Texts.corpus("backends/lecture.net");
    CompilationResult vector = Texts.corpus("backends/lecture.net", Texts.VECTOR);
    Program program = fresh(plain);
    int count = 0;
    try (TrainingSteps steps = steps(program)) {
      steps.warmUp(() -> load(vector));
      while (!steps.isWarm()) {
        step(steps, count++);
      }
      for (int i = 0; i < STEPS_AFTER; i++) {
        step(steps, count++);
      }
      steps.store();
    }
    Program oracle = fresh(plain);
    try (TrainingSteps steps = steps(oracle)) {
      for (int i = 0; i < count; i++) {
        step(steps, i);
      }
    }
    assertThat(learnt(program)).as(count + " steps").isEqualTo(learnt(oracle));
  }

  @Test
  void aProgramThatCannotBeMadeChangesNothing() throws IOException {
    Program program = fresh(Texts.corpus("backends/lecture.net"));
    try (TrainingSteps steps = steps(program)) {
      steps.warmUp(
          () -> {
            throw new NoClassDefFoundError("jdk/incubator/vector/FloatVector");
          });
      for (int i = 0; i < STEPS_AFTER; i++) {
        step(steps, i);
      }
      assertThat(steps.isWarm()).isFalse();
    }
  }

  private static Program load(CompilationResult result) {
    try {
      return Backend.BYTECODE.load(result.program(ProgramKind.TRAINING));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Program fresh(CompilationResult result) {
    Program program = load(result);
    Parameters.initialise(program, ProgramInfo.parse(program.description()), 5);
    return program;
  }

  private static TrainingSteps steps(Program program) {
    return new TrainingSteps(program, ProgramInfo.parse(program.description()), 0.001f, 2);
  }

  private static void step(TrainingSteps steps, int number) {
    RandomSource random = RandomSource.of(number, "images");
    float[] image = new float[steps.info().input().elements()];
    for (int i = 0; i < IMAGES; i++) {
      for (int j = 0; j < image.length; j++) {
        image[j] = random.uniform(-1, 1);
      }
      steps.image(i).floats(image, 0);
      steps.setTarget(i, random.nextInt(2));
    }
    steps.run(IMAGES);
  }

  /** The bits of all parameters and states. */
  private static Map<String, String> learnt(Program program) {
    StoredTensors stored = new StoredTensors(program, ProgramInfo.parse(program.description()));
    Map<String, Tensor> tensors = new LinkedHashMap<>(stored.parameters());
    tensors.putAll(stored.states());
    Map<String, String> bits = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> bits.put(name, Arrays.toString(tensor.values())));
    return bits;
  }
}
