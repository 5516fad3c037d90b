package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.Fusion;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions computed together with their pools have the bits of those that are not. */
final class PoolFusionTest {
  private static final int STEPS = 2;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static CompilerOptions options(Fusion fusion) {
    return CompilerOptions.DEFAULT
        .withMechanical(MechanicalSchedule.DEFAULT.withTarget(Target.VECTOR).withFusion(fusion))
        .withKeptGradients(KeptGradients.PARAMETERS);
  }

  private static long fused(CompiledProgram program) {
    return program.step().graph().operations().stream()
        .filter(operation -> operation.computation() instanceof PooledForward)
        .count();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1, 2, 2   | conv(1, kernel = 1) -> relu -> maxpool(2)
          3, 9, 11  | conv(7, kernel = 3, padding = same) -> relu -> maxpool(2)
          1, 17, 34 | conv(13, kernel = 5, padding = same) -> maxpool(2)
          2, 16, 16 | conv(5, kernel = 4, padding = same) -> relu -> maxpool(2)
          4, 12, 10 | conv(17, kernel = 2) -> relu -> maxpool(2)
          3, 8, 9   | conv(4, kernel = 3, padding = [2, 0, 1, 2]) -> relu -> maxpool(2)
          2, 11, 13 | conv(6, kernel = 3, padding = same) -> relu -> maxpool([1, 2])
          2, 11, 13 | conv(6, kernel = 3, padding = same) -> relu -> maxpool([2, 1])
          2, 15, 13 | conv(6, kernel = 3, padding = same) -> relu -> maxpool(3)
          2, 15, 19 | conv(3, kernel = [1, 3]) -> relu -> maxpool([2, 4], stride = [3, 5])
          3, 23, 21 | conv(5, kernel = 3, stride = 2, padding = 1) -> relu -> maxpool(2)
          3, 23, 21 | conv(5, kernel = 2, stride = 3) -> maxpool(2)
          5, 6, 6   | conv(2, kernel = 3) -> relu -> maxpool(4)
          2, 6, 70  | conv(3, kernel = 3, padding = same) -> relu -> maxpool(2)
          2, 6, 40  | conv(3, kernel = 7, padding = same) -> relu -> maxpool(2)
          1, 28, 28 | conv(6, kernel = 5) -> relu -> maxpool(2) -> conv(9, kernel = 3) -> relu -> maxpool(2)
          """)
  void trainingAndAnswersStayTheSame(String image, String features) throws IOException {
    boolean manyPlaces = features.contains("maxpool(4)");
    int chains = manyPlaces ? 0 : features.split("maxpool", -1).length - 1;
    assertSameFused(FusedNetworks.text(image, features), AlgorithmRule.BY_SHAPE, chains);
  }

  /** Where the windows are the tiles of four pixels. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1, 2, 2   | 1 | conv(1, kernel = 3, padding = same) -> relu -> maxpool(2)
          3, 9, 11  | 1 | conv(7, kernel = 3, padding = same) -> relu -> maxpool(2)
          3, 3, 2   | 1 | conv(5, kernel = 3, padding = same) -> maxpool(2)
          2, 9, 8   | 1 | conv(33, kernel = 3) -> relu -> maxpool(2)
          17, 6, 5  | 1 | conv(16, kernel = 3, padding = [0, 1, 2, 2]) -> relu -> maxpool(2)
          2, 16, 16 | 1 | conv(5, kernel = 3, padding = same, bias = false) -> relu -> maxpool(2)
          2, 34, 30 | 1 | conv(4, kernel = 3, padding = same) -> maxpool(2)
          1, 7, 300 | 1 | conv(2, kernel = 3, padding = same) -> relu -> maxpool(2)
          2, 12, 12 | 2 | conv(5, kernel = 3) -> relu -> maxpool(2) -> conv(6, kernel = 3, padding = same) -> maxpool(2)
          2, 11, 13 | 0 | conv(6, kernel = 3, padding = same) -> relu -> maxpool([1, 2])
          2, 11, 13 | 0 | conv(6, kernel = 3, padding = same) -> relu -> maxpool(2, stride = 3)
          2, 15, 13 | 0 | conv(6, kernel = 3, padding = same) -> relu -> maxpool(3)
          """)
  void byWinogradTilesAreWindows(String image, int chains, String features) throws IOException {
    assertSameFused(FusedNetworks.text(image, features), AlgorithmRule.WINOGRAD, chains);
  }

  /** Strips of tiles, which threads share, with half a row of tiles at the end. */
  @Test
  void aSingleImageIsCutIntoStrips() throws IOException {
    String text =
        FusedNetworks.text("2, 15, 9", "conv(3, kernel = 3, padding = same) -> maxpool(2)")
            .replace("batch = 3", "batch = 1");
    CompilerOptions inParts =
        options(Fusion.ALWAYS)
            .withAlgorithms(AlgorithmRule.WINOGRAD)
            .withMechanical(
                MechanicalSchedule.DEFAULT
                    .withTarget(Target.VECTOR)
                    .withFusion(Fusion.ALWAYS)
                    .withPartWork(1));
    CompilationResult together = Texts.compile("test.net", text, inParts);
    assertThat(together.program(ProgramKind.TRAINING).step().phases())
        .anyMatch(phase -> phase.parts() > 1 && phase.name().equals("conv1.parts"));
    assertSameResults(
        Texts.compile(
            "test.net", text, options(Fusion.NEVER).withAlgorithms(AlgorithmRule.WINOGRAD)),
        together,
        text);
  }

  private static void assertSameFused(String text, AlgorithmRule algorithms, int chains)
      throws IOException {
    CompilationResult apart =
        Texts.compile("test.net", text, options(Fusion.NEVER).withAlgorithms(algorithms));
    CompilationResult together =
        Texts.compile("test.net", text, options(Fusion.ALWAYS).withAlgorithms(algorithms));
    for (ProgramKind kind : ProgramKind.values()) {
      assertThat(fused(apart.program(kind))).isZero();
      assertThat(fused(together.program(kind))).isEqualTo(chains);
    }
    assertSameResults(apart, together, text);
  }

  private static void assertSameResults(
      CompilationResult apart, CompilationResult together, String text) throws IOException {
    int classes = Texts.classes(apart);
    Observed training =
        Observed.training(
            Backend.BYTECODE.load(apart.program(ProgramKind.TRAINING)), classes, STEPS, 1);
    CompiledProgram step = together.program(ProgramKind.TRAINING);
    Observed.training(Backend.BYTECODE.load(step), classes, STEPS, 2).assertSameAs(training, text);
    for (int lanes : new int[] {4, ValueType.MAX_LANES}) {
      Observed.training(new InterpretedProgram(step, lanes), classes, STEPS, 1)
          .assertSameAs(training, text + lanes + " lanes");
    }
    Observed.prediction(Backend.BYTECODE.load(together.program(ProgramKind.PREDICTION)))
        .assertSameAs(
            Observed.prediction(Backend.BYTECODE.load(apart.program(ProgramKind.PREDICTION))),
            text);
  }

  /** Where the gradient needs the convolution's value, training keeps it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(7, kernel = 3) -> leaky_relu -> maxpool(2)",
        "conv(4, kernel = 3, padding = 4) -> relu -> maxpool(2)"
      })
  void someAreFusedInPredictionsAlone(String features) throws IOException {
    assertFusedInPredictionsAlone(features, AlgorithmRule.BY_SHAPE);
    assertFusedInPredictionsAlone(features, AlgorithmRule.WINOGRAD);
  }

  private static void assertFusedInPredictionsAlone(String features, AlgorithmRule algorithms)
      throws IOException {
    String text = FusedNetworks.text("3, 9, 11", features);
    CompilationResult apart =
        Texts.compile("test.net", text, options(Fusion.NEVER).withAlgorithms(algorithms));
    CompilationResult together =
        Texts.compile("test.net", text, options(Fusion.ALWAYS).withAlgorithms(algorithms));
    assertThat(fused(together.program(ProgramKind.TRAINING))).isZero();
    assertThat(fused(together.program(ProgramKind.PREDICTION))).isEqualTo(1);
    Observed.prediction(Backend.BYTECODE.load(together.program(ProgramKind.PREDICTION)))
        .assertSameAs(
            Observed.prediction(Backend.BYTECODE.load(apart.program(ProgramKind.PREDICTION))),
            text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(7, kernel = 3) -> sigmoid -> maxpool(2)",
        "conv(7, kernel = 3) -> relu -> maxpool(2, stride = 1)",
        "conv(7, kernel = 3) -> relu -> maxpool(2, padding = 1)",
        "conv(7, kernel = 3) -> relu -> avgpool(2)",
        "conv(7, kernel = 3) -> relu -> relu -> maxpool(2)",
        "conv(7, kernel = 3) -> relu"
      })
  void othersStayAsTheyAre(String features) {
    CompilationResult result =
        Texts.compile("test.net", FusedNetworks.text("3, 9, 11", features), options(Fusion.ALWAYS));
    for (CompiledProgram program : result.programs()) {
      assertThat(fused(program)).isZero();
    }
  }

  @Test
  void aValueThatIsKeptIsThere() {
    String text = FusedNetworks.withNamedConvolution("relu -> maxpool(2)");
    CompilerOptions always = options(Fusion.ALWAYS);
    assertThat(fused(Texts.compile("test.net", text, always).program(ProgramKind.PREDICTION)))
        .isEqualTo(1);
    CompilerOptions keeping = always.withKeptValues(List.of("inner"));
    assertThat(fused(Texts.compile("test.net", text, keeping).program(ProgramKind.PREDICTION)))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(3, kernel = 3, padding = same) -> relu -> maxpool(2)",
        "conv(3, kernel = 3, padding = same) -> maxpool(2)",
        "conv(3, kernel = 1) -> relu -> maxpool([2, 1])",
        "conv(3, kernel = 1) -> maxpool([1, 3])"
      })
  void specialValuesStayTheSame(String features) throws IOException {
    assertSameSpecialValues(features, AlgorithmRule.BY_SHAPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(3, kernel = 3, padding = same) -> relu -> maxpool(2)",
        "conv(3, kernel = 3, padding = same) -> maxpool(2)"
      })
  void specialValuesStayTheSameByWinograd(String features) throws IOException {
    assertSameSpecialValues(features, AlgorithmRule.WINOGRAD);
  }

  private static void assertSameSpecialValues(String features, AlgorithmRule algorithms)
      throws IOException {
    float[] values = {Float.NaN, INFINITY, -INFINITY, -0f, 0f, 1, 1, -1, 2, Float.MIN_VALUE};
    for (int scale = 1; scale < values.length; scale++) {
      ProgramRun apart = run(features, algorithms, Fusion.NEVER, values, scale);
      ProgramRun together = run(features, algorithms, Fusion.ALWAYS, values, scale);
      String what = features + ", " + scale;
      for (String parameter : List.of("conv1.weight", "conv1.bias", "fc1.weight")) {
        FusedNetworks.assertSameBits(
            together.gradient(parameter), apart.gradient(parameter), what + parameter);
      }
      FusedNetworks.assertSameBits(together.losses(), apart.losses(), what);
      FusedNetworks.assertSameBits(together.value("d_image", 3), apart.value("d_image", 3), what);
    }
  }

  /**
   * One step whose images and weights are mostly special, by a pattern that {@code scale} moves.
   */
  private static ProgramRun run(
      String features, AlgorithmRule algorithms, Fusion fusion, float[] values, int scale)
      throws IOException {
    String text = FusedNetworks.text("2, 8, 9", features);
    CompilationResult result =
        Texts.compile(
            "test.net",
            text,
            options(fusion)
                .withAlgorithms(algorithms)
                .withKeptGradients(KeptGradients.PARAMETERS_AND_IMAGE));
    CompiledProgram program = result.program(ProgramKind.TRAINING);
    assertThat(fused(program)).isEqualTo(fusion == Fusion.ALWAYS ? 1 : 0);
    ProgramRun run = new ProgramRun(Backend.BYTECODE.load(program));
    Map<String, Tensor> parameters = new HashMap<>();
    run.info()
        .parameters()
        .forEach(
            parameter -> {
              float[] numbers = new float[parameter.dims().stream().reduce(1, Math::multiplyExact)];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i % 3 == 0 ? values[i * scale % values.length] : i % 5 - 2;
              }
              parameters.put(parameter.name(), Tensor.of(parameter.dims(), numbers));
            });
    run.setParameters(parameters);
    float[] images = new float[3 * 2 * 8 * 9];
    for (int i = 0; i < images.length; i++) {
      images[i] = i / 40 % 2 == 0 ? values[i * scale % values.length] : i % 3 - 1;
    }
    run.setImages(images, 0, 3);
    run.step(3);
    return run;
  }
}
