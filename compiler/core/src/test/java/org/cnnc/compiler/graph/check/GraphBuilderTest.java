package org.cnnc.compiler.graph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cnnc.compiler.graph.Corpus;
import org.cnnc.compiler.graph.GraphVerifier;
import org.cnnc.compiler.graph.Models;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphBuilderTest {
  @Test
  void aValueAnswersToEveryNameItHas() {
    NetworkGraph graph =
        Models.graph(
            """
            network N {
                input image[1, 4, 4];
                picture = image;
                scores = picture -> flatten -> fc(3) as head;
                logits = scores;
                output label = logits -> softmax;
                loss cross_entropy(label);
            }
            """);
    assertThat(graph.value("scores"))
        .isEqualTo(graph.value("head"))
        .isEqualTo(graph.value("logits"))
        .isPresent();
    assertThat(graph.value("picture")).contains(graph.input().value());
    assertThat(graph.value("softmax1")).contains(graph.outputs().get(0).value());
    assertThat(graph.value("flatten1").orElseThrow().name()).isEqualTo("flatten1");
    assertThat(graph.value("nothing")).isEmpty();
  }

  @Test
  void layersAreCountedByKindInTextOrderNamedOnesToo() {
    NetworkGraph graph =
        Models.graph(
            Models.network(
                "[1, 9, 9]",
                " -> conv(2, kernel = 1) -> conv(2, kernel = 1) as stem -> relu"
                    + " -> conv(2, kernel = 1)"));
    assertThat(graph.nodes().stream().map(Node::name))
        .containsExactly("conv1", "stem", "relu1", "conv3", "flatten1", "fc1", "softmax1");
  }

  @Test
  void theLossIsComputedFromTheLogits() {
    NetworkGraph graph = Models.graph(Models.network("[1, 4, 4]", ""));
    assertThat(graph.loss().orElseThrow().value().name()).isEqualTo("fc1");
    assertThat(graph.loss().orElseThrow().output()).isEqualTo(graph.outputs().get(0));
  }

  @Test
  void theLossFindsTheOutputOfItsValue() {
    NetworkGraph graph =
        Models.graph(
            """
            network N {
                input image[1, 1, 2];
                sure = image -> flatten -> softmax;
                loss cross_entropy(sure);
                output label = sure labels ("a", "b");
            }
            """);
    assertThat(graph.loss().orElseThrow().output().labels()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1/255       | 0.003921569
          0.1 + 0.2   | 0.3
          -(1 - 3)/4  | 0.5
          1/3*3       | 1
          1e-45*0+7   | 7
          """)
  void compileTimeArithmeticIsExactAndRoundsOnce(String expression, float expected) {
    NetworkGraph graph =
        Models.graph(
            Models.network("[1, 2, 2] { scale = " + expression + "; }", "").replace("};", "}"));
    assertThat(graph.input().scale()).isEqualTo(expected);
  }

  @Test
  void aLongSumDoesNotExhaustTheStack() {
    String ones = IntStream.range(0, 20_000).mapToObj(i -> "1").collect(Collectors.joining("+"));
    Models.Checked checked =
        Models.check("sum.net", Models.network("[1, 2, 2]", " -> flatten -> fc(" + ones + ")"));
    checked
        .graph()
        .ifPresentOrElse(
            graph -> assertThat(graph.value("fc1").orElseThrow().shape()).hasToString("[20000]"),
            () -> assertThat(checked.codes()).containsExactly(DiagnosticCode.NESTED_TOO_DEEPLY));
  }

  @Test
  void tenThousandLayersAreAllowedAndOneMoreIsReportedOnce() {
    assertThat(Models.check("many.net", chain(Limits.LAYERS)).codes()).isEmpty();
    Models.Checked tooMany = Models.check("many.net", chain(Limits.LAYERS + 7));
    assertThat(tooMany.graph()).isEmpty();
    assertThat(tooMany.rendered())
        .startsWith("error[CNN054]: the network has more than 10,000 layers\n");
    assertThat(tooMany.codes()).containsExactly(DiagnosticCode.TOO_MANY_LAYERS);
  }

  /** Whatever is deleted or doubled in a text, the answer is a graph or diagnostics. */
  @Test
  void brokenTextsGiveDiagnosticsNeverExceptions() {
    long seed = 20_263;
    Random random = new Random(seed);
    for (var file : Corpus.cases("graph")) {
      String text = Corpus.read(file);
      for (int i = 0; i < 150; i++) {
        String broken = mutate(text, random);
        Models.Checked checked = Models.check("fuzz.net", broken);
        assertThat(checked.graph().isPresent())
            .as("seed %d: %s", seed, broken)
            .isEqualTo(
                checked.diagnostics().stream()
                    .allMatch(d -> d.code() == DiagnosticCode.UNUSED_NAME));
        checked.graph().ifPresent(GraphVerifier::verify);
      }
    }
  }

  private static String mutate(String text, Random random) {
    String[] words = text.split("(?<=\\W)|(?=\\W)");
    int first = random.nextInt(words.length);
    int second = random.nextInt(words.length);
    switch (random.nextInt(3)) {
      case 0 -> words[first] = "";
      case 1 -> words[first] = words[second];
      default -> {
        String word = words[first];
        words[first] = words[second];
        words[second] = word;
      }
    }
    return String.join("", words);
  }

  /** A network of so many layers. */
  private static String chain(int layers) {
    // The wrapper brings flatten, fc and softmax.
    return Models.network("[1, 2, 2]", "\n-> relu".repeat(layers - 3));
  }
}
