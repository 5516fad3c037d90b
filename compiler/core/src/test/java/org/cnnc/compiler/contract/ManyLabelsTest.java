package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Apps with as many classes as data sets have: an enum's initializer, which is one method, has room
 * for 3,449 labels at most. ImageNet-21k has 21,841.
 */
class ManyLabelsTest {
  /** Gives the texts of all labels, and compares them with answers. */
  private static final String APP =
      """
      public final class App implements Function<byte[], List<String>> {
        @Override
        public List<String> apply(byte[] weights) {
          List<String> texts = new ArrayList<>();
          Many model;
          try {
            model = Many.load(new java.io.ByteArrayInputStream(weights));
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
          Many.Answer answer = model.classify(new int[] {-1}, 1, 1);
          Many.Label[] labels = Many.Label.values();
          for (Many.Label label : labels) {
            texts.add(label.text());
          }
          int best = 0;
          for (int i = 0; i < labels.length; i++) {
            best = answer.scores()[i] > answer.scores()[best] ? i : best;
            expect(labels[i].ordinal() == i);
          }
          expect(answer.label().equals(labels[best]));
          expect(answer.probability() == answer.scores()[best]);
          List<Many.Guess> top = answer.top(3);
          expect(top.size() == 3 && top.get(0).label().equals(labels[best]));
          expect(answer.scores()[top.get(2).label().ordinal()] == top.get(2).probability());
          return texts;
        }

        private static void expect(boolean fact) {
          if (!fact) {
            throw new AssertionError();
          }
        }
      }
      """;

  @ParameterizedTest
  @CsvSource({"2000, true", "2001, false", "21841, false"})
  void allAreAnsweredWith(int count, boolean constants) throws IOException {
    List<String> labels = labels(count);
    CompiledApp app = CompiledApp.ofText("Many.net", network(labels), APP);
    byte[] weights = app.randomWeights("Many", 1).toBytes();
    assertThat(app.<byte[], List<String>>user().apply(weights)).isEqualTo(labels);
    assertThat(app.type("Many$Label").isEnum()).isEqualTo(constants);
  }

  /** Some are hard to tell where all are one text. */
  private static List<String> labels(int count) {
    List<String> labels =
        IntStream.range(0, count).mapToObj(i -> "label " + i).collect(Collectors.toList());
    List<String> hard = List.of("two\nlines", "caf\u00e9", "  \"spaces\"  ", "\\", "\ue000", "$L");
    for (int i = 0; i < hard.size(); i++) {
      labels.set(count - 2 - i * i, hard.get(i));
    }
    return new ArrayList<>(labels);
  }

  private static String network(List<String> labels) {
    String written =
        labels.stream()
            .map(label -> label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
            .map(label -> "        \"" + label + "\"")
            .collect(Collectors.joining(",\n"));
    return """
    network Many {
        input image[1, 1, 1];
        output label = image -> flatten -> fc(%d) -> softmax labels (
    %s);
        loss cross_entropy(label);
        train { optimizer = sgd(rate = 0.1); batch = 2; epochs = 1; }
    }
    """
        .formatted(labels.size(), written);
  }
}
