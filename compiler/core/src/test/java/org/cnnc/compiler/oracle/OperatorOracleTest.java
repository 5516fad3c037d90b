package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.op.AveragePool;
import org.cnnc.compiler.graph.op.Conv2d;
import org.cnnc.compiler.graph.op.Flatten;
import org.cnnc.compiler.graph.op.FullyConnected;
import org.cnnc.compiler.graph.op.LeakyRelu;
import org.cnnc.compiler.graph.op.MaxPool;
import org.cnnc.compiler.graph.op.Mish;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Relu;
import org.cnnc.compiler.graph.op.Sigmoid;
import org.cnnc.compiler.graph.op.Softmax;
import org.cnnc.compiler.graph.op.Tanh;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Networks;
import org.cnnc.compiler.run.ProgramRun;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator of the language against PyTorch: the output and all gradients are within 1e-5 of
 * the recorded ones, relative to the largest magnitude of the tensor.
 */
final class OperatorOracleTest {
  private static final double TOLERANCE = 1e-5;

  /**
   * A recorded case.
   *
   * @param inputScale what the recording multiplies the input with before the operator
   */
  record Case(String name, Operator operator, float inputScale) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    return List.of(
        conv("conv_3x3", 4, 3, 3, 1, 1, true),
        conv("conv_3x3_valid", 6, 3, 3, 1, 0, true),
        conv("conv_5x5_lenet", 8, 5, 5, 1, 2, true),
        conv("conv_1x1", 24, 1, 1, 1, 0, true),
        conv("conv_stride2", 16, 3, 3, 2, 1, true),
        conv("conv_stride3_rect", 3, 2, 5, 3, 2, true),
        conv("conv_kernel_is_input", 7, 4, 4, 1, 0, true),
        conv("conv_nobias", 8, 3, 3, 1, 1, false),
        conv("conv_wide", 48, 3, 3, 1, 1, true),
        conv("conv_prime", 13, 3, 3, 1, 1, true),
        new Case("maxpool_2", new MaxPool(window(2, 2, 2, 0)), 1),
        new Case("maxpool_3s2", new MaxPool(window(3, 3, 2, 0)), 1),
        new Case("maxpool_3s2p1", new MaxPool(window(3, 3, 2, 1)), 1),
        new Case("maxpool_odd_tail", new MaxPool(window(2, 2, 2, 0)), 1),
        new Case("avgpool_2", new AveragePool(window(2, 2, 2, 0)), 1),
        new Case("avgpool_3s2", new AveragePool(window(3, 3, 2, 0)), 1),
        new Case("avgpool_3s2p1", new AveragePool(window(3, 3, 2, 1)), 1),
        new Case("avgpool_odd_tail", new AveragePool(window(2, 2, 2, 0)), 1),
        new Case("relu", new Relu(), 3),
        new Case("sigmoid", new Sigmoid(), 3),
        new Case("tanh", new Tanh(), 3),
        new Case("mish", new Mish(), 3),
        new Case("leaky_relu", new LeakyRelu(0.01f), 1),
        new Case("softmax", new Softmax(), 4),
        new Case("flatten", new Flatten(), 1),
        new Case("fc", new FullyConnected(7, true), 1),
        new Case("fc_wide", new FullyConnected(64, true), 1));
  }

  private static Case conv(
      String name, int out, int rows, int columns, int stride, int padding, boolean bias) {
    return new Case(name, new Conv2d(out, window(rows, columns, stride, padding), bias), 1);
  }

  private static Window window(int rows, int columns, int stride, int padding) {
    return new Window(
        new Size(rows, columns),
        new Size(stride, stride),
        new Padding(padding, padding, padding, padding));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputIsPyTorchs(Case c) throws IOException {
    Fixture fixture = Fixture.read("ops/" + c.name());
    ProgramRun run = load(network(fixture, c.operator()), ProgramKind.PREDICTION);
    run.setParameters(parameters(fixture, run));
    float[] images = scaled(fixture.values("input"), c.inputScale());
    int batch = fixture.tensor("input").dims().get(0);
    float[] output = new float[fixture.values("output").length];
    for (int image = 0; image < batch; image++) {
      run.setImages(images, image, 1);
      run.step(1);
      float[] one = run.value("result", 1);
      System.arraycopy(one, 0, output, image * one.length, one.length);
    }
    assertThat(fixture.relativeError("output", output)).as("output").isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsArePyTorchs(Case c) throws IOException {
    Fixture fixture = Fixture.read("ops/" + c.name());
    int batch = fixture.tensor("input").dims().get(0);
    ProgramRun run = load(network(fixture, c.operator()), ProgramKind.TRAINING);
    run.setParameters(parameters(fixture, run));
    run.setImages(scaled(fixture.values("input"), c.inputScale()), 0, batch);
    setTargets(run, fixture.values("d_output"));
    run.step(batch);
    float[] inputGradient = scaled(run.value("d_image", batch), c.inputScale());
    assertThat(fixture.relativeError("d_input", inputGradient)).isLessThan(TOLERANCE);
    for (var parameter : run.info().parameters()) {
      String name = "d_" + parameter.name().substring(parameter.name().indexOf('.') + 1);
      assertThat(fixture.relativeError(name, run.gradient(parameter.name())))
          .as(name)
          .isLessThan(TOLERANCE);
    }
  }

  /** Writes a dense tensor into the rows of the targets; their pitch is the width. */
  private static void setTargets(ProgramRun run, float[] dense) {
    int from = 0;
    for (float[] row : run.targetRows()) {
      System.arraycopy(dense, from, row, 0, row.length);
      from += row.length;
    }
    assertThat(from).isEqualTo(dense.length);
  }

  static NetworkGraph network(Fixture fixture, Operator operator) {
    List<Integer> dims = fixture.tensor("input").dims();
    TensorShape shape = new TensorShape(dims.subList(1, dims.size()));
    return Networks.innerProduct(shape, dims.get(0), operator);
  }

  private static ProgramRun load(NetworkGraph network, ProgramKind kind) throws IOException {
    CompilerOptions options = CompilerOptions.DEFAULT.withPrograms(kind).withImageGradient(true);
    CompilationResult result = Compiler.compile(network, options);
    return new ProgramRun(Backend.BYTECODE.load(result.program(kind)));
  }

  /** The fixture's weight and bias under the names of the program. */
  private static Map<String, Tensor> parameters(Fixture fixture, ProgramRun run) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (var parameter : run.info().parameters()) {
      String name = parameter.name().substring(parameter.name().indexOf('.') + 1);
      tensors.put(parameter.name(), fixture.tensor(name));
    }
    return tensors;
  }

  private static float[] scaled(float[] values, float factor) {
    float[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] *= factor;
    }
    return result;
  }
}
