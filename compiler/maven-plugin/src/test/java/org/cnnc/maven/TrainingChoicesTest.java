package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.training.LongRun;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.MemoryDataset;
import org.junit.jupiter.api.Test;

class TrainingChoicesTest {
  private static final NetworkGraph NETWORK =
      Compiler.check(
              new SourceFile(
                  "Tiny.net",
                  """
                  network Tiny {
                      input image[1, 1, 1];
                      output label = image -> flatten -> fc(2) -> softmax;
                      loss cross_entropy(label);
                      train { optimizer = adam; batch = 4; }
                  }
                  """),
              new DiagnosticLog())
          .orElseThrow();
  private static final Dataset FOUR =
      MemoryDataset.ofFloats("four", new float[4], new int[] {0, 1, 0, 1});

  private static List<String> warnings(Optional<Integer> batch, Optional<Float> rate) {
    TrainingChoices choices =
        new TrainingChoices(
            null, Optional.empty(), batch, rate, Optional.empty(), 1, LongRun.DEFAULT);
    return choices.warnings(NETWORK, FOUR).stream().map(TrainingChoicesTest::text).toList();
  }

  private static String text(Diagnostic warning) {
    return warning.primary().span().file().text() + ": " + warning.message();
  }

  @Test
  void parametersThatLookWrongAreSaid() {
    assertThat(warnings(Optional.of(5), Optional.of(2f)))
        .containsExactly(
            "batch = 5: a batch is 5 images, but there are only 4",
            "rate = 2.0: a learning rate of 2 looks too large");
    assertThat(warnings(Optional.of(3), Optional.of(0.01f))).isEmpty();
    assertThat(warnings(Optional.empty(), Optional.empty())).isEmpty();
  }
}
