package org.cnnc.compiler.emit.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.GeneratedFile;
import org.junit.jupiter.api.Test;

/** The text of the test that travels with a model. */
class ModelTestEmitterTest {
  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> VECTORS = Optional.of("LightPredictionVector");
  private static final Optional<String> TRAINING = Optional.of("LightTraining");
  private static final Optional<String> VECTOR_TRAINING = Optional.of("LightTrainingVector");

  private static GeneratedFile emit(
      Optional<String> vectors, Optional<String> training, Optional<String> vectorTraining) {
    ClassHeader header =
        new ClassHeader(
            "org.example",
            "LightModelTest",
            "light.net",
            "cnnc test",
            List.of("Verifies the model Light on the Java that runs this build."));
    return ModelTestEmitter.emit(
        new ModelTestPlan(
            header,
            "Light",
            "LightPrediction",
            vectors,
            training,
            vectorTraining,
            "Light.golden.safetensors"));
  }

  private static String text(GeneratedFile file) {
    return new String(file.content(), StandardCharsets.US_ASCII);
  }

  @Test
  void theTestReadsAsWrittenByHand() throws IOException {
    GeneratedFile file = emit(VECTORS, TRAINING, VECTOR_TRAINING);
    assertThat(file.path()).isEqualTo("org/example/LightModelTest.java");
    assertThat(text(file).lines()).allMatch(line -> line.length() <= 100);
    Golden.assertSame("LightModelTest.java.txt", text(file));
  }

  @Test
  void withoutALossThereAreNoGradientsToCheck() {
    assertThat(text(emit(NONE, NONE, NONE)))
        .contains("void answersAreGolden()")
        .doesNotContain("GradientCheck");
  }

  @Test
  void withoutClassesForTheVectorApiNobodyAsksForIt() {
    assertThat(text(emit(NONE, TRAINING, NONE)))
        .contains("void gradientsAreSlopesOfTheLoss()")
        .doesNotContain("Vector", "Assumptions");
  }
}
