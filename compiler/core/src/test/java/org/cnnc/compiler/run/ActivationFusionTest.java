package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.Fusion;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Computation.Forward;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.runtime.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions that store what their activation makes of a sum have the bits of two layers. */
final class ActivationFusionTest {
  private static final int STEPS = 2;

  private static CompilerOptions options(Fusion fusion, LaneChoice lanes) {
    MechanicalSchedule mechanical =
        MechanicalSchedule.DEFAULT
            .withTarget(Target.VECTOR)
            .withLanes(lanes)
            .withPartWork(1)
            .withFusion(fusion);
    return CompilerOptions.DEFAULT
        .withMechanical(mechanical)
        .withKeptGradients(KeptGradients.PARAMETERS);
  }

  private static long fused(CompiledProgram program) {
    return program.step().graph().operations().stream()
        .filter(
            operation ->
                operation.computation() instanceof Forward forward
                    && forward.activation().isPresent())
        .count();
  }

  /** The last column: how many are fused in predictions, and in training. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1, 2, 2   | conv(1, kernel = 1) -> relu                                           | 1 | 1
          3, 9, 11  | conv(7, kernel = 3, padding = same) -> relu -> conv(5, kernel = 2)     | 1 | 1
          1, 17, 34 | conv(13, kernel = 5, padding = same) -> relu -> avgpool(2)             | 1 | 1
          2, 16, 33 | conv(5, kernel = 4, stride = 2) -> relu -> conv(18, kernel = 1) -> relu | 2 | 2
          4, 5, 5   | conv(17, kernel = 2) -> leaky_relu                                     | 1 | 0
          32, 8, 9  | conv(33, kernel = 3, padding = same) -> relu -> maxpool(2, stride = 1)  | 1 | 1
          32, 5, 5  | conv(32, kernel = 3) -> leaky_relu -> conv(2, kernel = 1)              | 1 | 0
          """)
  void trainingAndAnswersStayTheSame(String image, String features, int inPredictions, int trained)
      throws IOException {
    String text = FusedNetworks.text(image, features);
    for (LaneChoice lanes : List.of(LaneChoice.PIXELS, LaneChoice.CHANNELS)) {
      CompilationResult apart = Texts.compile("test.net", text, options(Fusion.NEVER, lanes));
      CompilationResult one = Texts.compile("test.net", text, options(Fusion.WHERE_FASTER, lanes));
      for (CompiledProgram program : apart.programs()) {
        assertThat(fused(program)).isZero();
      }
      assertThat(fused(one.program(ProgramKind.PREDICTION))).isEqualTo(inPredictions);
      assertThat(fused(one.program(ProgramKind.TRAINING))).isEqualTo(trained);
      int classes = Texts.classes(apart);
      Observed training =
          Observed.training(
              Backend.BYTECODE.load(apart.program(ProgramKind.TRAINING)), classes, STEPS, 1);
      CompiledProgram step = one.program(ProgramKind.TRAINING);
      Observed.training(Backend.BYTECODE.load(step), classes, STEPS, 2)
          .assertSameAs(training, text + lanes);
      CompiledProgram answer = one.program(ProgramKind.PREDICTION);
      Observed expected =
          Observed.prediction(Backend.BYTECODE.load(apart.program(ProgramKind.PREDICTION)));
      Observed.prediction(Backend.BYTECODE.load(answer)).assertSameAs(expected, text + lanes);
      for (int width : new int[] {4, ValueType.MAX_LANES}) {
        Observed.training(new InterpretedProgram(step, width), classes, STEPS, 1)
            .assertSameAs(training, text + lanes + width + " lanes");
        Observed.prediction(new InterpretedProgram(answer, width))
            .assertSameAs(expected, text + lanes + width + " lanes");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(7, kernel = 3) -> sigmoid",
        "conv(7, kernel = 3) -> tanh",
        "conv(7, kernel = 3) -> mish",
        "conv(7, kernel = 3) -> avgpool(2) -> relu",
      })
  void functionsThatAreCalledStayApart(String features) {
    CompilationResult result =
        Texts.compile(
            "test.net",
            FusedNetworks.text("3, 9, 11", features),
            options(Fusion.ALWAYS, LaneChoice.BY_COST));
    for (CompiledProgram program : result.programs()) {
      assertThat(fused(program)).isZero();
    }
  }

  @Test
  void aValueThatIsKeptIsThere() {
    String text = FusedNetworks.withNamedConvolution("relu");
    CompilerOptions options = options(Fusion.WHERE_FASTER, LaneChoice.BY_COST);
    assertThat(fused(Texts.compile("test.net", text, options).program(ProgramKind.PREDICTION)))
        .isEqualTo(1);
    CompilerOptions keeping = options.withKeptValues(List.of("inner"));
    assertThat(fused(Texts.compile("test.net", text, keeping).program(ProgramKind.PREDICTION)))
        .isZero();
  }

  /** Also where a sum is a zero with a sign, or no number, by both algorithms. */
  @ParameterizedTest
  @ValueSource(
      floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 1.4e-45f})
  void specialValuesStayTheSame(float special) throws IOException {
    for (String features :
        List.of("conv(3, kernel = 3) -> relu", "conv(3, kernel = 1) -> leaky_relu")) {
      for (AlgorithmRule algorithms : List.of(AlgorithmRule.BY_SHAPE, AlgorithmRule.WINOGRAD)) {
        float[] apart = prediction(features, Fusion.NEVER, algorithms, special);
        float[] one = prediction(features, Fusion.WHERE_FASTER, algorithms, special);
        FusedNetworks.assertSameBits(one, apart, features + special);
      }
    }
  }

  private static float[] prediction(
      String features, Fusion fusion, AlgorithmRule algorithms, float special) throws IOException {
    String text =
        FusedNetworks.text("2, 8, 9", features)
            .replace("output label = image", "inner = image")
            .replace("-> flatten", "; output label = inner -> flatten");
    CompilationResult result =
        Texts.compile(
            "test.net",
            text,
            options(fusion, LaneChoice.BY_COST)
                .withAlgorithms(algorithms)
                .withKeptValues(List.of("inner")));
    CompiledProgram program = result.program(ProgramKind.PREDICTION);
    assertThat(fused(program)).isEqualTo(fusion == Fusion.NEVER ? 0 : 1);
    ProgramRun run = new ProgramRun(Backend.BYTECODE.load(program));
    Parameters.initialise(run.program(), run.info(), 5);
    float[] image = new float[2 * 8 * 9];
    for (int i = 0; i < image.length; i++) {
      image[i] = i % 7 == 0 ? special : i % 3 - 1;
    }
    run.setImage(0, image);
    run.step(1);
    return run.value("inner", 1);
  }
}
