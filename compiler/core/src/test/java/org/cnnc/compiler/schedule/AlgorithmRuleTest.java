package org.cnnc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.ModelHash;
import org.cnnc.compiler.graph.Models;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.run.Corpus;
import org.cnnc.compiler.run.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which layers have which algorithm, and that the hash tells. */
final class AlgorithmRuleTest {
  private static String rules(String layers, AlgorithmRule algorithms) {
    return NumericSchedule.rules(
        Models.graph(Models.network("[32, 16, 16]", " -> " + layers + " -> conv(1, kernel = 1)")),
        algorithms);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conv(32, kernel = 3)                  | direct-1, winograd-1 of %1
          conv(64, kernel = 3, padding = same)  | direct-1, winograd-1 of %1
          conv(31, kernel = 3)                  | direct-1
          conv(16, kernel = 3)                  | direct-1, winograd-1 of %1
          conv(24, kernel = 3)                  | direct-1
          conv(16, kernel = 1) -> conv(16, kernel = 3)  | direct-1
          conv(16, kernel = 1) -> conv(33, kernel = 3)  | direct-1
          conv(16, kernel = 1) -> conv(48, kernel = 3)  | direct-1, winograd-1 of %2
          conv(16, kernel = 1) -> conv(32, kernel = 3)  | direct-1, winograd-1 of %2
          maxpool(8) -> conv(32, kernel = 3, padding = same)   | direct-1, winograd-1 of %2
          maxpool(16) -> conv(32, kernel = 3, padding = same)  | direct-1
          maxpool([1, 16]) -> conv(32, kernel = 3, padding = same)  | direct-1
          conv(32, kernel = [3, 1])             | direct-1
          conv(32, kernel = 5)                  | direct-1
          conv(32, kernel = 3, stride = 2)      | direct-1
          conv(32, kernel = 3, padding = 3)     | direct-1
          """)
  void shapesDecide(String layer, String rules) {
    assertThat(rules(layer, AlgorithmRule.BY_SHAPE)).isEqualTo(rules);
  }

  @ParameterizedTest
  @CsvSource({"1023, false", "1024, true", "1037, true"})
  void layersWithManyInputsSumInterleaved(int inputs, boolean interleaved) {
    NetworkGraph network = Models.graph(Models.network("[1, 1, " + inputs + "]", ""));
    String layer = ", interleaved-1 of %2";
    assertThat(NumericSchedule.rules(network, AlgorithmRule.BY_SHAPE))
        .isEqualTo("direct-1" + (interleaved ? layer : ""));
    assertThat(NumericSchedule.rules(network, AlgorithmRule.DIRECT)).isEqualTo("direct-1");
  }

  @Test
  void testsMayTell() {
    assertThat(rules("conv(1, kernel = 3)", AlgorithmRule.WINOGRAD))
        .isEqualTo("direct-1, winograd-1 of %1");
    assertThat(rules("conv(1, kernel = 5)", AlgorithmRule.WINOGRAD)).isEqualTo("direct-1");
    assertThat(rules("conv(64, kernel = 3)", AlgorithmRule.DIRECT)).isEqualTo("direct-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"networks/lenet28", "backends/strides"})
  void networksThatStayDirectKeepTheirHash(String name) throws IOException {
    NetworkGraph network = Models.graph(Corpus.read(name + ".net"));
    assertThat(Texts.corpus(name + ".net").hash()).isEqualTo(ModelHash.of(network, "direct-1"));
  }

  @Test
  void theHashTellsByWhatAModelIsComputed() throws IOException {
    String usual = Texts.corpus("networks/winograd.net").hash();
    CompilerOptions direct = CompilerOptions.DEFAULT.withAlgorithms(AlgorithmRule.DIRECT);
    assertThat(Texts.corpus("networks/winograd.net", direct).hash()).isNotEqualTo(usual);
  }
}
