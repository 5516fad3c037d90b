package org.cnnc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.transform.PassRunner;
import org.junit.jupiter.api.Test;

class LoopPassesTest {
  private static final String RECTIFIER_ALONE =
      """
      network Small {
          input x[1, 2, 4];
          output y = x -> flatten -> fc(64) -> relu -> fc(3) -> softmax;
          loss cross_entropy(y);
      }
      """;

  private static CompiledProgram prediction(Target target) {
    CompilerOptions options =
        CompilerOptions.DEFAULT.withMechanical(
            CompilerOptions.DEFAULT.mechanical().withTarget(target));
    return Texts.compile("small.net", RECTIFIER_ALONE, options).program(ProgramKind.PREDICTION);
  }

  /** The loop of the layer is one over single elements until it is put into lanes. */
  @Test
  void rectifiersThatWereLoopsAreComparisonsInLanes() {
    PassRunner.Step step =
        prediction(Target.VECTOR).passes().stream()
            .filter(pass -> pass.name().equals("rectify-by-comparison"))
            .findFirst()
            .orElseThrow();
    assertThat(step.changed()).isTrue();
  }

  @Test
  void plainCodeHasMaxima() {
    assertThat(prediction(Target.PLAIN).passes())
        .extracting(PassRunner.Step::name)
        .doesNotContain("vectorize-loops", "rectify-by-comparison");
  }
}
