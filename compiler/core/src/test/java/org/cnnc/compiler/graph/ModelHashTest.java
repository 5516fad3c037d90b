package org.cnnc.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelHashTest {
  private static final String TEXT =
      """
      network Demo {
          input image[3, 8, 8] { scale = 1/255; }
          scores = image -> conv(4, kernel = 3) -> relu -> flatten -> fc(2);
          output animal = scores -> softmax labels ("cat", "dog");
          loss cross_entropy(animal);
          train { batch = 8; }
      }
      """;

  @Test
  void theHashedTextShowsEverythingThatDecidesTheResult() {
    assertThat(ModelHash.text(Models.graph(TEXT), "1"))
        .isEqualTo(
            """
            schedule 1
            input [3, 8, 8] scale 0.003921569 mean [0, 0, 0] std [1, 1, 1]
            %1 conv(out=4, kernel=3x3, stride=1x1, padding=0,0,0,0, bias) %0 [4, 6, 6]
              conv1.weight [4, 3, 3, 3]
              conv1.bias [4]
            %2 relu %1 [4, 6, 6]
            %3 flatten %2 [144]
            %4 fc(out=2, bias) %3 [2]
              fc1.weight [2, 144]
              fc1.bias [2]
            %5 softmax %4 [2]
            """);
  }

  /** Oracle: sha256sum of the text above. */
  @Test
  void theHashIsPinnedBecauseSavedWeightsCarryIt() {
    assertThat(hash(TEXT))
        .isEqualTo("e095ea0acc03e335cbd2267d16b89047762e3fbeeaa83565c86d2db75d63c697");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "cat", "dog"   | "dog", "cat"
          batch = 8;     | epochs = 3; seed = 4; optimizer = adam;
          animal         | answer
          scores         | logits
          network Demo   | network Other
          -> relu        | /* a comment */ -> relu
          scale = 1/255  | scale = 2/510
          kernel = 3     | kernel = [3, 3], stride = 1
          """)
  void whatDoesNotChangeTheResultDoesNotChangeTheHash(String before, String after) {
    assertThat(TEXT).contains(before);
    assertThat(hash(TEXT.replace(before, after))).isEqualTo(hash(TEXT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conv(4,        | conv(5,
          kernel = 3     | kernel = 3, padding = 1
          kernel = 3     | kernel = 3, bias = false
          kernel = 3)    | kernel = 3) as stem
          -> relu        | -> tanh
          -> relu        | -> leaky_relu
          scale = 1/255  | scale = 1/254
          scale = 1/255; | mean = 0.5;
          3, 8, 8        | 3, 8, 9
          """)
  void whatChangesTheResultOrTheNamesOfParametersChangesTheHash(String before, String after) {
    assertThat(TEXT).contains(before);
    assertThat(hash(TEXT.replace(before, after))).isNotEqualTo(hash(TEXT));
  }

  @Test
  void theNumericScheduleIsInTheHash() {
    NetworkGraph graph = Models.graph(TEXT);
    assertThat(ModelHash.of(graph, "1")).isNotEqualTo(ModelHash.of(graph, "2")).hasSize(64);
  }

  @Test
  void wiringIsInTheHash() {
    String chain = "a = image -> relu; b = a -> relu; output label = %s -> flatten -> softmax;";
    assertThat(wired(chain.formatted("a"))).isNotEqualTo(wired(chain.formatted("b")));
  }

  private static String wired(String body) {
    return hash("network N { input image[1, 2, 2]; " + body + " loss cross_entropy(label); }");
  }

  private static String hash(String text) {
    return ModelHash.of(Models.graph(text), "1");
  }
}
