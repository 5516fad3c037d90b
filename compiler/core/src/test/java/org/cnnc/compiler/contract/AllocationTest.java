package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.schedule.ConvAlgorithm;
import org.cnnc.compiler.schedule.Fusion;
import org.cnnc.compiler.schedule.Kernel;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.TrainingSteps;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated classes allocate nothing: not a byte in a thousand steps or predictions, on any thread,
 * once warm. What measuring itself allocates is measured, too, and taken off. The virtual machine
 * may allocate now and then when it puts in newly compiled code, so one round of several has to be
 * free of it; code that allocates would do so in every round. Vectors are objects until C2 has
 * compiled whatever they pass through, so rounds go on for a time.
 */
final class AllocationTest {
  private static final int WARM_UP = 500;
  private static final int MEASURED = 1000;

  /** A step of vectors that are still objects takes milliseconds. */
  private static final int MEASURED_WITH_VECTORS = 200;

  private static final long MOST_NANOSECONDS = TimeUnit.SECONDS.toNanos(90);

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"SOURCE", "BYTECODE"})
  void aTrainingStepAllocatesNothing(Backend backend) throws IOException {
    CompiledProgram compiled = program(ProgramKind.TRAINING, CompilerOptions.DEFAULT);
    assertStepsAllocateNothing(backend.load(compiled), MEASURED);
  }

  /** One image, cut into parts; and several, of which groups share the weights. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void aTrainingStepWithVectorsAllocatesNothing(int batch) throws IOException {
    MechanicalSchedule mechanical = Texts.VECTOR.mechanical().withPartWork(1).withSharedWeight(1);
    CompilerOptions options = Texts.VECTOR.withMechanical(mechanical).withBatch(batch);
    CompiledProgram compiled = program(ProgramKind.TRAINING, options);
    assertStepsAllocateNothing(Backend.BYTECODE.load(compiled), MEASURED_WITH_VECTORS);
  }

  /** Kernels that the network of the other tests does not have, or not in its usual form. */
  private record OtherKernels(
      String name,
      String network,
      CompilerOptions options,
      ProgramKind kind,
      Predicate<ScheduledStep> areIn) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<OtherKernels> otherKernels() {
    MechanicalSchedule vectors = Texts.VECTOR.mechanical();
    return List.of(
        new OtherKernels(
            "Winograd",
            "networks/winograd.net",
            Texts.VECTOR,
            ProgramKind.TRAINING,
            step -> works(step).anyMatch(work -> work.algorithm() == ConvAlgorithm.WINOGRAD)),
        new OtherKernels(
            "partial sums",
            "backends/long_sums.net",
            Texts.VECTOR,
            ProgramKind.TRAINING,
            step -> works(step).anyMatch(work -> work.form() == Form.PAIRS)),
        new OtherKernels(
            "channels in lanes",
            "backends/lecture.net",
            Texts.VECTOR.withMechanical(
                vectors.withLanes(LaneChoice.CHANNELS).withFusion(Fusion.NEVER)),
            ProgramKind.TRAINING,
            step -> works(step).anyMatch(work -> work.form() == Form.CHANNELS)),
        new OtherKernels(
            "fused pools",
            "backends/lecture.net",
            Texts.VECTOR.withMechanical(vectors.withFusion(Fusion.ALWAYS)),
            ProgramKind.PREDICTION,
            step ->
                step.graph().operations().stream()
                    .anyMatch(operation -> operation.computation() instanceof PooledForward)));
  }

  private static Stream<KernelWork> works(ScheduledStep step) {
    return step.kernels().values().stream().map(Kernel::work);
  }

  /** With {@code -Pthorough}: until C2 has compiled all that vectors pass through takes long. */
  @ParameterizedTest
  @EnabledIfSystemProperty(named = "cnnc.thorough", matches = "true")
  @MethodSource("otherKernels")
  void otherKernelsWithVectorsAllocateNothing(OtherKernels kernels) throws IOException {
    CompiledProgram compiled =
        Texts.corpus(kernels.network, kernels.options.withPrograms(kernels.kind))
            .program(kernels.kind);
    assertThat(kernels.areIn().test(compiled.step())).isTrue();
    Program program = Backend.BYTECODE.load(compiled);
    if (kernels.kind == ProgramKind.TRAINING) {
      assertStepsAllocateNothing(program, MEASURED_WITH_VECTORS);
    } else {
      assertPredictionsAllocateNothing(program, MEASURED_WITH_VECTORS);
    }
  }

  private static void assertStepsAllocateNothing(Program program, int measured) {
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
          },
          measured);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"SOURCE", "BYTECODE"})
  void aPredictionAllocatesNothing(Backend backend) throws IOException {
    assertPredictionsAllocateNothing(
        backend.load(program(ProgramKind.PREDICTION, CompilerOptions.DEFAULT)), MEASURED);
  }

  private static void assertPredictionsAllocateNothing(Program program, int measured) {
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
        },
        measured);
  }

  private static CompiledProgram program(ProgramKind kind, CompilerOptions options)
      throws IOException {
    return Texts.corpus("backends/lecture.net", options.withPrograms(kind)).program(kind);
  }

  private static float[] image(ProgramInfo info) {
    float[] image = new float[info.input().elements()];
    Arrays.fill(image, 0.5f);
    return image;
  }

  private static void assertAllocatesNothing(Runnable action, int measured) {
    repeat(action, WARM_UP);
    long end = System.nanoTime() + MOST_NANOSECONDS;
    AllocatedBytes counter = AllocatedBytes.ofThreads("cnnc-step");
    long least = Long.MAX_VALUE;
    do {
      long first = counter.sum();
      long second = counter.sum();
      repeat(action, measured);
      long measuring = second - first;
      least = Math.min(least, counter.sum() - second - measuring);
    } while (least > 0 && System.nanoTime() < end);
    assertThat(least).as("bytes allocated").isZero();
  }

  private static void repeat(Runnable action, int times) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }
}
