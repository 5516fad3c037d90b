package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Texts;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.TrainingSteps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Generated classes allocate nothing: not a byte in a thousand steps or predictions, on any thread,
 * once warm. What measuring itself allocates is measured, too, and taken off. The virtual machine
 * may allocate now and then when it puts in newly compiled code, so one round of several has to be
 * free of it; code that allocates would do so in every round.
 */
final class AllocationTest {
  private static final int WARM_UP = 500;
  private static final int MEASURED = 1000;
  private static final int ROUNDS = 5;

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"SOURCE", "BYTECODE"})
  void aTrainingStepAllocatesNothing(Backend backend) throws IOException {
    Program program = load(backend, ProgramKind.TRAINING);
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 1);
    float[] image = image(info);
    try (TrainingSteps steps = new TrainingSteps(program, info, 0.001f, 2)) {
      assertAllocatesNothing(
          () -> {
            for (int i = 0; i < steps.batch(); i++) {
              steps.image(i).floats(image, 0);
              steps.setTarget(i, i % 3);
            }
            steps.run(steps.batch());
          });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"SOURCE", "BYTECODE"})
  void aPredictionAllocatesNothing(Backend backend) throws IOException {
    Program program = load(backend, ProgramKind.PREDICTION);
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 1);
    PredictionSession session = new PredictionSession(program, info);
    float[] images = new float[info.input().elements() + 5];
    byte[] pixels = new byte[info.input().elements() + 5];
    float[] scores = new float[9];
    assertAllocatesNothing(
        () -> {
          session.predict(images, 5, scores, 2);
          session.predict(pixels, 5, scores, 5);
        });
  }

  private static Program load(Backend backend, ProgramKind kind) throws IOException {
    CompiledProgram compiled = Texts.corpus("backends/lecture.net").program(kind);
    return backend.load(compiled);
  }

  private static float[] image(ProgramInfo info) {
    float[] image = new float[info.input().elements()];
    Arrays.fill(image, 0.5f);
    return image;
  }

  private static void assertAllocatesNothing(Runnable action) {
    repeat(action, WARM_UP);
    AllocatedBytes counter = AllocatedBytes.ofThreads("cnnc-step");
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least > 0; round++) {
      long first = counter.sum();
      long second = counter.sum();
      repeat(action, MEASURED);
      long measuring = second - first;
      least = Math.min(least, counter.sum() - second - measuring);
    }
    assertThat(least).as("bytes allocated").isZero();
  }

  private static void repeat(Runnable action, int times) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }
}
