package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.op.Operator.Flatten;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of fully connected layers with many inputs: exactly the order that is promised. */
final class InterleavedSumsTest {
  private static final int PARTIAL_SUMS = 16;

  @ParameterizedTest
  @CsvSource({
    "1024, 1, true, 1",
    "1024, 8, false, 1",
    "1025, 3, true, 1",
    "1039, 17, true, 9",
    "1543, 2, true, 20",
    "2048, 64, true, 12",
    "4111, 9, false, 32",
    "8192, 5, true, 17"
  })
  void everyBackendSumsInThatOrder(int inputs, int outputs, boolean bias, int batch)
      throws IOException {
    Random random = new Random(inputs + outputs);
    float[] images = floats(batch * inputs, random);
    float[] weight = floats(outputs * inputs, random);
    float[] biases = bias ? floats(outputs, random) : new float[0];
    float[] expected = new float[batch * outputs];
    for (int i = 0; i < batch; i++) {
      for (int j = 0; j < outputs; j++) {
        float first = bias ? biases[j] : 0;
        expected[i * outputs + j] = sum(first, images, i * inputs, weight, j * inputs, inputs);
      }
    }
    NetworkGraph network =
        Networks.innerProduct(
            TensorShape.image(1, 1, inputs),
            batch,
            new Flatten(),
            new FullyConnected(outputs, bias));
    for (Target target : Target.values()) {
      for (Backend backend : Backend.values()) {
        ProgramRun run = run(network, target, backend, weight, biases);
        run.setImages(images, 0, batch);
        run.step(batch);
        assertThat(run.value("result", batch)).as(target + ", " + backend).isEqualTo(expected);
      }
    }
  }

  private static ProgramRun run(
      NetworkGraph network, Target target, Backend backend, float[] weight, float[] biases)
      throws IOException {
    CompilerOptions options =
        CompilerOptions.DEFAULT.withPrograms(ProgramKind.TRAINING).withTargets(target);
    ProgramRun run =
        new ProgramRun(
            backend.load(Compiler.compile(network, options).program(ProgramKind.TRAINING)));
    List<ParameterInfo> parameters = run.info().parameters();
    Map<String, Tensor> values = new HashMap<>();
    values.put(parameters.get(0).name(), Tensor.of(parameters.get(0).dims(), weight));
    if (biases.length > 0) {
      values.put(parameters.get(1).name(), Tensor.of(parameters.get(1).dims(), biases));
    }
    return run.setParameters(values);
  }

  private static float sum(
      float first, float[] in, int inStart, float[] weight, int weightStart, int count) {
    float[] sums = new float[PARTIAL_SUMS];
    sums[0] = first;
    for (int k = 0; k < count; k++) {
      int partial = k % PARTIAL_SUMS;
      sums[partial] = Math.fma(in[inStart + k], weight[weightStart + k], sums[partial]);
    }
    for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        sums[i] += sums[i + half];
      }
    }
    return sums[0];
  }

  private static float[] floats(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
