package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.op.Operator.Softmax;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Networks;
import org.cnnc.compiler.run.ProgramRun;
import org.cnnc.compiler.train.KeptGradients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cross-entropy from logits against PyTorch: the mean loss and its gradient, within 1e-5. */
final class CrossEntropyOracleTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({"cross_entropy, 1", "cross_entropy_extreme, 1000"})
  void lossAndGradientArePyTorchs(String name, float inputScale) throws IOException {
    Fixture fixture = Fixture.read("ops/" + name);
    int images = fixture.tensor("input").dims().get(0);
    int classes = fixture.tensor("input").dims().get(1);
    CompilationResult result =
        Compiler.compile(
            Networks.crossEntropy(TensorShape.vector(classes), images, new Softmax()),
            CompilerOptions.DEFAULT
                .withPrograms(ProgramKind.TRAINING)
                .withKeptGradients(KeptGradients.PARAMETERS_AND_IMAGE));
    ProgramRun run = new ProgramRun(Backend.BYTECODE.load(result.program(ProgramKind.TRAINING)));
    run.setImages(scaled(fixture.values("input"), inputScale), 0, images);
    System.arraycopy(fixture.values("target"), 0, run.targets(), 0, images);
    run.setScalar("inverse_images", 1f / images);

    run.step(images);

    double sum = 0;
    for (int image = 0; image < images; image++) {
      sum += run.losses()[image];
    }
    float[] mean = {(float) (sum / images)};
    assertThat(fixture.relativeError("output", mean)).isLessThan(TOLERANCE);
    float[] gradient = scaled(run.value("d_image", images), inputScale);
    assertThat(fixture.relativeError("d_input", gradient)).isLessThan(TOLERANCE);
  }

  private static float[] scaled(float[] values, float factor) {
    float[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] *= factor;
    }
    return result;
  }
}
