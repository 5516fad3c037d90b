package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.cnnc.compiler.CompilationRequest;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Texts;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.junit.jupiter.api.Test;

/**
 * The worked examples of the lecture that the project starts from, with its numbers. Where it shows
 * a picture without saying all numbers, those said are kept and the others fit them.
 */
final class LectureExamplesTest {
  /** The network that the lecture draws. */
  private static final String LECTURE =
      """
      network HousePersonTree {
          input image[3, 16, 16];
          features = image
              -> conv(4, kernel = 3, padding = same) -> relu -> maxpool(2)
              -> conv(6, kernel = 3, padding = same) -> relu -> maxpool(2);
          scores = features -> flatten -> fc(8) -> relu -> fc(3);
          output label = scores -> softmax labels ("house", "person", "tree");
          loss cross_entropy(label);
      }
      """;

  /** A 4x4 image: its 2x2 windows are 2,0,1,1 and 4,1,2,1 and 3,1,2,2 and 5,2,1,4. */
  private static final float[] POOLED = {
    2, 0, 4, 1,
    1, 1, 2, 1,
    3, 1, 5, 2,
    2, 2, 1, 4
  };

  @Test
  void reluMakesNegativesZeroAndKeepsTheRest() throws IOException {
    float[] tensor = {
      0, -1, 0, 3, -5, 2, -2, 7, -4, // first slice
      1, -3, 6, 0, 4, -1, -8, 0, 5 // second slice
    };
    assertThat(answer("[2, 3, 3]", "relu", tensor))
        .containsExactly(0, 0, 0, 3, 0, 2, 0, 7, 0, 1, 0, 6, 0, 4, 0, 0, 0, 5);
  }

  @Test
  void maxPoolingTakesTheLargestOfEachWindow() throws IOException {
    assertThat(answer("[1, 4, 4]", "maxpool(2, stride = 2)", POOLED)).containsExactly(2, 4, 3, 5);
  }

  @Test
  void averagePoolingTakesTheMeanOfEachWindow() throws IOException {
    assertThat(answer("[1, 4, 4]", "avgpool(2, stride = 2)", POOLED)).containsExactly(1, 2, 2, 3);
  }

  @Test
  void theStrideIsTheSizeOfTheFilterUnlessSaid() throws IOException {
    assertThat(answer("[1, 4, 4]", "maxpool(2)", POOLED)).containsExactly(2, 4, 3, 5);
    assertThat(answer("[1, 4, 4]", "avgpool(2)", POOLED)).containsExactly(1, 2, 2, 3);
  }

  @Test
  void poolingWorksOnEachSliceByItself() throws IOException {
    float[] slices = new float[5 * 16];
    float[] expected = new float[5 * 4];
    for (int slice = 0; slice < 5; slice++) {
      for (int i = 0; i < 16; i++) {
        slices[slice * 16 + i] = POOLED[i] + 10 * slice;
      }
      float[] one = {2, 4, 3, 5};
      for (int i = 0; i < 4; i++) {
        expected[slice * 4 + i] = one[i] + 10 * slice;
      }
    }
    assertThat(answer("[5, 4, 4]", "maxpool(2)", slices)).containsExactly(expected);
  }

  @Test
  void poolingKeepsTheDepthAndHalvesTheRest() {
    assertThat(shape("pool")).isEqualTo(TensorShape.image(7, 8, 5));
  }

  @Test
  void filtersGiveAsManyFeatureMapsAsThereAre() {
    assertThat(shape("conv")).isEqualTo(TensorShape.image(7, 16, 10));
    assertThat(shape("again")).isEqualTo(TensorShape.image(11, 8, 5));
  }

  private static TensorShape shape(String value) {
    CompilationResult result =
        Texts.compile(
            "test.net",
            """
            network Shapes {
                input image[3, 16, 10];
                conv = image -> conv(7, kernel = 3, padding = same);
                pool = conv -> relu -> maxpool(2);
                again = pool -> conv(11, kernel = 3, padding = same);
                output label = again -> flatten -> fc(3) -> softmax;
                loss cross_entropy(label);
            }
            """,
            CompilerOptions.DEFAULT);
    return result.network().orElseThrow().value(value).orElseThrow().shape();
  }

  @Test
  void flatteningGoesSliceBySlice() throws IOException {
    float[] tensor = {0, 1, 0, 1, 0, 2, 3, 4};
    assertThat(answer("[2, 2, 2]", "flatten", tensor)).containsExactly(0, 1, 0, 1, 0, 2, 3, 4);
  }

  @Test
  void aTensorNeedsFlatteningBeforeAFullyConnectedLayer() {
    String text = "network Raw { input image[2, 2, 2]; output y = image -> fc(3); }\n";
    CompilationResult result =
        Compiler.compile(
            new CompilationRequest(new SourceFile("raw.net", text), CompilerOptions.DEFAULT));
    assertThat(result.diagnostics())
        .filteredOn(diagnostic -> diagnostic.code() == DiagnosticCode.NEEDS_VECTOR)
        .singleElement()
        .satisfies(
            diagnostic -> assertThat(diagnostic.help().orElseThrow()).contains("-> flatten"));
  }

  @Test
  void threeClassesAreThreeOutputNodesWithAProbabilityDistribution() throws IOException {
    Program program = program(Texts.compile(LECTURE, ProgramKind.PREDICTION));
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 5);
    PredictionSession session = new PredictionSession(program, info);
    RandomSource random = RandomSource.of(6);
    float[] image = new float[info.input().elements()];
    for (int trial = 0; trial < 20; trial++) {
      for (int i = 0; i < image.length; i++) {
        image[i] = random.uniform(-10, 10);
      }
      assertDistribution(session.predict(image), 3);
    }
    assertThat(info.outputs().get(0).labels()).containsExactly("house", "person", "tree");
  }

  @Test
  void softmaxSumsToOneAlsoFarFromZero() throws IOException {
    assertDistribution(answer("[4, 1, 1]", "flatten -> softmax", 1, 2, 3, 4), 4);
    assertDistribution(answer("[4, 1, 1]", "flatten -> softmax", 1000, 999, -1000, 998), 4);
    assertThat(answer("[4, 1, 1]", "flatten -> softmax", 7, 7, 7, 7))
        .containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
  }

  private static void assertDistribution(float[] probabilities, int classes) {
    assertThat(probabilities).hasSize(classes);
    double sum = 0;
    for (float probability : probabilities) {
      assertThat(probability).isBetween(0f, 1f);
      sum += probability;
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void onlyConvolutionsAndFullyConnectedLayersHaveParameters() {
    ProgramInfo info =
        ProgramInfo.parse(Texts.compile(LECTURE, ProgramKind.TRAINING).plan().description());
    assertThat(info.parameters())
        .extracting(parameter -> parameter.name() + " " + parameter.dims())
        .containsExactly(
            "conv1.weight [4, 3, 3, 3]",
            "conv1.bias [4]",
            "conv2.weight [6, 4, 3, 3]",
            "conv2.bias [6]",
            "fc1.weight [8, 96]",
            "fc1.bias [8]",
            "fc2.weight [3, 8]",
            "fc2.bias [3]");
  }

  @Test
  void theFeaturesCanBeReadOut() throws IOException {
    CompilerOptions options =
        CompilerOptions.DEFAULT
            .withPrograms(ProgramKind.PREDICTION)
            .withKeptValues(List.of("features"));
    Program program =
        program(Texts.compile("lecture.net", LECTURE, options).program(ProgramKind.PREDICTION));
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 5);
    float[] features =
        new PredictionSession(program, info).predict(new float[3 * 16 * 16], "features");
    assertThat(features).hasSize(6 * 4 * 4);
    for (float feature : features) {
      assertThat(feature).as("after a relu").isNotNegative();
    }
  }

  /** What layers without parameters make of one image. The language wants a loss, too. */
  private static float[] answer(String shape, String layers, float... image) throws IOException {
    String text =
        """
        network Example {
            input image%s;
            output answer = image -> %s;
            output label = image -> flatten -> fc(2) -> softmax;
            loss cross_entropy(label);
        }
        """
            .formatted(shape, layers);
    Program program = program(Texts.compile(text, ProgramKind.PREDICTION));
    return new PredictionSession(program, ProgramInfo.parse(program.description())).predict(image);
  }

  private static Program program(CompiledProgram compiled) throws IOException {
    return Backend.BYTECODE.load(compiled);
  }
}
