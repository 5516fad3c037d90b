package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelChoices;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Convolutions by Winograd: the same bits on every backend, target, number of threads and lanes,
 * and with every tile; equal to the direct ones where neither rounds, and close to them elsewhere.
 */
final class WinogradTest {
  private static final int STEPS = 4;

  /** Twice what was measured; LANGUAGE.md tells of that. */
  private static final double MOST_ERROR = 4e-6;

  private static CompilerOptions options(Target target) {
    return CompilerOptions.DEFAULT
        .withMechanical(MechanicalSchedule.DEFAULT.withTarget(target))
        .withAlgorithms(AlgorithmRule.WINOGRAD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backends/lecture.net",
        "backends/activations.net",
        "backends/branches.net",
        "networks/winograd.net"
      })
  void allBackendsThreadsAndLanesGiveTheSameBits(String network) throws IOException {
    CompilationResult plain = Texts.corpus(network, options(Target.PLAIN));
    CompilationResult vector = Texts.corpus(network, options(Target.VECTOR));
    int classes = Texts.classes(plain);
    Observed expected =
        Observed.training(
            Backend.INTERPRETER.load(plain.program(ProgramKind.TRAINING)), classes, STEPS, 1);
    assertThat(expected.lossesAreFinite()).isTrue();
    for (CompilationResult result : List.of(plain, vector)) {
      CompiledProgram training = result.program(ProgramKind.TRAINING);
      for (int threads : new int[] {1, 2, 3, 7}) {
        Observed.training(Backend.BYTECODE.load(training), classes, STEPS, threads)
            .assertSameAs(expected, threads + " threads");
      }
      Observed.training(Backend.SOURCE.load(training), classes, STEPS, 2)
          .assertSameAs(expected, "source");
    }
    for (int lanes : interpretedLanes(network)) {
      CompiledProgram training = vector.program(ProgramKind.TRAINING);
      Observed.training(new InterpretedProgram(training, lanes), classes, STEPS, 1)
          .assertSameAs(expected, lanes + " lanes interpreted");
    }
  }

  /** The largest network takes seconds with each. */
  private static List<Integer> interpretedLanes(String network) {
    return network.startsWith("backends/") || Thorough.WANTED ? List.of(4, 8, 16) : List.of(16);
  }

  static Stream<String> boundaryShapes() {
    return Stream.concat(
        BoundaryShapesTest.shapes().stream()
            .filter(shape -> shape.features().contains("kernel = 3"))
            .map(BoundaryShapesTest.Shape::text),
        Stream.of(
                shape("1, 1, 1", "conv(1, kernel = 3, padding = 1) -> "),
                shape("2, 1, 7", "conv(5, kernel = 3, padding = [2, 1, 1, 0]) -> relu -> "),
                shape("1, 5, 2", "conv(17, kernel = 3, padding = [0, 1, 2, 2]) -> "),
                shape("3, 9, 7", "conv(7, kernel = 3) -> conv(13, kernel = 3, padding = same) -> "),
                shape("2, 3, 130", "conv(2, kernel = 3, padding = same) -> avgpool(3) -> "),
                shape("2, 18, 18", "conv(19, kernel = 3, padding = 2) -> relu -> maxpool(3) -> "),
                shape("2, 25, 40", "conv(3, kernel = 3, padding = same) -> maxpool(2) -> "),
                shape("1, 5, 300", "conv(2, kernel = 3, padding = same) -> "),
                shape("2, 34, 30", "conv(4, kernel = 3, padding = same) -> maxpool(2) -> "),
                ofOneImage("3, 8, 8", "conv(7, kernel = 3, padding = same) -> maxpool(2) -> "),
                ofOneImage("2, 12, 10", "conv(5, kernel = 3) -> relu -> conv(17, kernel = 3) -> "))
            .map(BoundaryShapesTest.Shape::text));
  }

  private static BoundaryShapesTest.Shape shape(String image, String features) {
    return new BoundaryShapesTest.Shape(features, image, features, 3);
  }

  /** In parts, which are strips of tiles. */
  private static BoundaryShapesTest.Shape ofOneImage(String image, String features) {
    return new BoundaryShapesTest.Shape(features, image, features, 1);
  }

  @ParameterizedTest
  @MethodSource("boundaryShapes")
  void backendsAgreeAboutBoundaryShapes(String text) throws IOException {
    Agreement.check(text, false, AlgorithmRule.WINOGRAD);
  }

  @Test
  void everyTileGivesTheSameBits() throws IOException {
    CompilationResult usual = Texts.corpus("networks/winograd.net", options(Target.PLAIN));
    int classes = Texts.classes(usual);
    Observed expected =
        Observed.training(
            Backend.BYTECODE.load(usual.program(ProgramKind.TRAINING)), classes, 1, 1);
    for (Target target : Target.values()) {
      for (KernelChoice choice :
          List.of(new KernelChoice(1, 1), new KernelChoice(5, 2), KernelChoice.ofSums(16))) {
        CompilerOptions told = options(target).withKernels(KernelChoices.all(choice));
        CompiledProgram training =
            Texts.corpus("networks/winograd.net", told).program(ProgramKind.TRAINING);
        Observed.training(Backend.BYTECODE.load(training), classes, 1, 1)
            .assertSameAs(expected, target + ", " + choice);
      }
    }
  }

  /** A layer and its image. */
  record Layer(TensorShape input, Conv2d conv) {
    static Layer of(int in, int height, int width, int out, int top, int bottom, int side) {
      Padding padding = new Padding(top, bottom, side, 2 - side);
      Window window = new Window(new Size(3, 3), new Size(1, 1), padding);
      return new Layer(TensorShape.image(in, height, width), new Conv2d(out, window, true));
    }

    /** Output and gradient of the input. */
    List<float[]> run(AlgorithmRule algorithms, Target target, Numbers numbers) throws IOException {
      CompilerOptions options =
          options(target)
              .withAlgorithms(algorithms)
              .withPrograms(ProgramKind.TRAINING)
              .withKeptGradients(KeptGradients.PARAMETERS_AND_IMAGE);
      ProgramRun run =
          new ProgramRun(
              Backend.BYTECODE.load(
                  Compiler.compile(Networks.innerProduct(input, 1, conv), options)
                      .program(ProgramKind.TRAINING)));
      Map<String, Tensor> parameters = new HashMap<>();
      run.info()
          .parameters()
          .forEach(
              parameter -> {
                int count = parameter.dims().stream().reduce(1, Math::multiplyExact);
                parameters.put(
                    parameter.name(), Tensor.of(parameter.dims(), numbers.weights(count)));
              });
      run.setParameters(parameters);
      run.setImages(numbers.values(input.elements()), 0, 1);
      for (float[] row : run.targetRows()) {
        System.arraycopy(numbers.values(row.length), 0, row, 0, row.length);
      }
      run.step(1);
      return List.of(run.value("result", 1), run.value("d_image", 1));
    }
  }

  /** Where numbers come from: whole ones, the weights multiples of 4, or normally distributed. */
  private record Numbers(Random random, boolean whole) {
    float[] weights(int count) {
      return numbers(count, 4);
    }

    float[] values(int count) {
      return numbers(count, 1);
    }

    private float[] numbers(int count, int step) {
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = whole ? step * (random.nextInt(9) - 4) : (float) random.nextGaussian();
      }
      return numbers;
    }
  }

  static List<Layer> layers() {
    return List.of(
        Layer.of(1, 1, 1, 1, 1, 1, 1),
        Layer.of(3, 4, 6, 2, 1, 1, 1),
        Layer.of(5, 7, 5, 19, 0, 0, 2),
        Layer.of(2, 5, 8, 3, 2, 1, 0),
        Layer.of(33, 16, 15, 17, 2, 2, 1),
        Layer.of(2, 24, 23, 32, 1, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void wholeNumbersGiveTheSameAsTheFormula(Layer layer) throws IOException {
    for (Target target : Target.values()) {
      List<float[]> direct =
          layer.run(AlgorithmRule.DIRECT, target, new Numbers(new Random(5), true));
      List<float[]> winograd =
          layer.run(AlgorithmRule.WINOGRAD, target, new Numbers(new Random(5), true));
      assertThat(winograd.get(0)).as("output").containsExactly(direct.get(0));
      assertThat(winograd.get(1)).as("gradient of the input").containsExactly(direct.get(1));
    }
  }

  /** Relative to the largest number, as everywhere; 1.8e-6 at most was measured. */
  @ParameterizedTest
  @ValueSource(ints = {32, 64, 128, 256})
  void theErrorStaysFarBelowTheBoundOfAllOperators(int channels) throws IOException {
    Layer layer = Layer.of(channels, 8, 8, channels, 1, 1, 1);
    for (Target target : Target.values()) {
      List<float[]> direct =
          layer.run(AlgorithmRule.DIRECT, target, new Numbers(new Random(6), false));
      List<float[]> winograd =
          layer.run(AlgorithmRule.WINOGRAD, target, new Numbers(new Random(6), false));
      for (int i = 0; i < direct.size(); i++) {
        assertThat(relativeError(winograd.get(i), direct.get(i)))
            .as(target.toString())
            .isLessThan(MOST_ERROR);
      }
    }
  }

  private static double relativeError(float[] actual, float[] expected) {
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs((double) expected[i] - actual[i]));
    }
    return error / largest;
  }
}
