package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.op.Activation.Relu;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.AveragePool;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.op.Operator.MaxPool;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Infinities, NaN, zeros of both signs and equal maxima, on every backend. A padded tap of a
 * convolution multiplies a real zero; one of a maximum is absent. By Winograd, what is not finite
 * spreads among the pixels of the tiles that see it.
 */
final class SpecialValuesTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  /** One layer over one image of one channel. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Layer(
      Operator operator, int height, int width, float[] weight, AlgorithmRule algorithms) {
    Layer(Operator operator, int height, int width, float[] weight) {
      this(operator, height, width, weight, AlgorithmRule.BY_SHAPE);
    }

    Layer(Operator operator, int height, int width) {
      this(operator, height, width, new float[0]);
    }

    /** Runs a step; the gradient of the output is all ones. */
    ProgramRun run(Backend backend, float... image) throws IOException {
      TensorShape shape = TensorShape.image(1, height, width);
      CompilerOptions options =
          CompilerOptions.DEFAULT
              .withPrograms(ProgramKind.TRAINING)
              .withKeptGradients(KeptGradients.PARAMETERS_AND_IMAGE)
              .withAlgorithms(algorithms);
      ProgramRun run =
          new ProgramRun(
              backend.load(
                  Compiler.compile(Networks.innerProduct(shape, 1, operator), options)
                      .program(ProgramKind.TRAINING)));
      run.info()
          .parameters()
          .forEach(
              parameter ->
                  run.setParameters(Map.of(parameter.name(), Tensor.of(parameter.dims(), weight))));
      run.setImages(image, 0, 1);
      for (float[] row : run.targetRows()) {
        Arrays.fill(row, 1);
      }
      run.step(1);
      return run;
    }

    float[] output(Backend backend, float... image) throws IOException {
      return run(backend, image).value("result", 1);
    }

    float[] gradient(Backend backend, float... image) throws IOException {
      return run(backend, image).value("d_image", 1);
    }
  }

  private static Window window(int kernel, int stride, int padding) {
    return new Window(
        new Size(kernel, kernel),
        new Size(stride, stride),
        new Padding(padding, padding, padding, padding));
  }

  private static Layer conv(float... weight) {
    return new Layer(new Conv2d(1, window(3, 1, 1), false), 3, 3, weight);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void infiniteWeightsAreNotANumberWhereTheyMeetPadding(Backend backend) throws IOException {
    Layer layer = conv(INFINITY, 0, 0, 0, 1, 0, 0, 0, 0);
    assertThat(layer.output(backend, 1, 1, 1, 1, 1, 1, 1, 1, 1))
        .containsExactly(NAN, NAN, NAN, NAN, INFINITY, INFINITY, NAN, INFINITY, INFINITY);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void paddingIsZeroOnTheFarSidesToo(Backend backend) throws IOException {
    Layer layer = conv(0, 0, 0, 0, 1, 0, 0, 0, -INFINITY);
    assertThat(layer.output(backend, 1, 1, 1, 1, 1, 1, 1, 1, 1))
        .containsExactly(-INFINITY, -INFINITY, NAN, -INFINITY, -INFINITY, NAN, NAN, NAN, NAN);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void infinitePixelsMeetEveryTapOfTheirWindow(Backend backend) throws IOException {
    Layer layer = conv(0, 0, 0, 0, 1, 0, 0, 0, 0);
    assertThat(layer.output(backend, 0, 0, 0, 0, 0, 0, 0, 0, INFINITY))
        .containsExactly(0, 0, 0, 0, NAN, NAN, 0, NAN, INFINITY);
  }

  /** At the tile of the first pixel, places that only the other pixels need give infinity * 0. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void infinitePixelsSpreadInTheirTileByWinograd(Backend backend) throws IOException {
    float[] identity = {0, 0, 0, 0, 1, 0, 0, 0, 0};
    Conv2d conv = new Conv2d(1, window(3, 1, 1), false);
    Layer layer = new Layer(conv, 4, 4, identity, AlgorithmRule.WINOGRAD);
    assertThat(layer.output(backend, INFINITY, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(INFINITY, NAN, 3, 4, NAN, NAN, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void gradientsOfInfinitiesHaveTheSameBitsOnEveryBackend() throws IOException {
    Layer layer = conv(INFINITY, 1, -2, NAN, -INFINITY, 0, 3, -0f, 1);
    float[] image = {1, -INFINITY, 2, 0, NAN, INFINITY, -1, -0f, 4};
    ProgramRun expected = layer.run(Backend.INTERPRETER, image);
    for (Backend backend : new Backend[] {Backend.SOURCE, Backend.BYTECODE}) {
      ProgramRun run = layer.run(backend, image);
      assertSameBits(run.value("result", 1), expected.value("result", 1));
      assertSameBits(run.value("d_image", 1), expected.value("d_image", 1));
      assertSameBits(run.gradient("layer1.weight"), expected.gradient("layer1.weight"));
    }
  }

  /** All NaNs are equal. */
  private static void assertSameBits(float[] actual, float[] expected) {
    assertThat(bits(actual)).isEqualTo(bits(expected));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void reluLetsNotANumberPassAndGivesPositiveZero(Backend backend) throws IOException {
    Layer layer = new Layer(new Relu(), 1, 6);
    float[] image = {NAN, -0f, 0f, -INFINITY, INFINITY, -1};
    assertSameBits(layer.output(backend, image), new float[] {NAN, 0, 0, 0, INFINITY, 0});
    assertSameBits(layer.gradient(backend, image), new float[] {1, 0, 0, 0, 1, 0});
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void maximaLetNotANumberPassWhereverItStands(Backend backend) throws IOException {
    Layer layer = new Layer(new MaxPool(window(2, 2, 0)), 2, 8);
    float[] image = {
      NAN, 1, 2, NAN, 3, 4, 5, 6, //
      1, 2, 3, 4, NAN, 5, INFINITY, NAN
    };
    assertThat(layer.output(backend, image)).containsExactly(NAN, NAN, NAN, NAN);
    assertThat(layer.gradient(backend, image)).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void paddingIsAbsentFromMaxima(Backend backend) throws IOException {
    Layer layer = new Layer(new MaxPool(window(2, 2, 1)), 2, 2);
    assertThat(layer.output(backend, -1, -INFINITY, -3, -4)).containsExactly(-1, -INFINITY, -3, -4);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void paddingCountsAsZerosInMeans(Backend backend) throws IOException {
    Layer layer = new Layer(new AveragePool(window(2, 2, 1)), 2, 2);
    assertThat(layer.output(backend, -4, INFINITY, NAN, 8)).containsExactly(-1, INFINITY, NAN, 2);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void theFirstOfEqualMaximaGetsTheGradient(Backend backend) throws IOException {
    Layer layer = new Layer(new MaxPool(window(2, 2, 0)), 2, 8);
    float[] image = {
      7, 7, 1, 2, 3, 9, -0f, 0f, //
      7, 7, 2, 1, 9, 9, 0f, -0f
    };
    assertThat(layer.gradient(backend, image))
        .containsExactly(1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void windowsThatOverlapAddTheirGradients(Backend backend) throws IOException {
    Layer layer = new Layer(new MaxPool(window(2, 1, 0)), 3, 3);
    assertThat(layer.gradient(backend, 5, 5, 5, 5, 5, 5, 5, 5, 5))
        .containsExactly(1, 1, 0, 1, 1, 0, 0, 0, 0);
    assertThat(layer.gradient(backend, 5, 5, 5, 5, 6, 5, 5, 5, 5))
        .containsExactly(0, 0, 0, 0, 4, 0, 0, 0, 0);
  }
}
