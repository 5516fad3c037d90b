package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainCommandTest {
  private static final Path CORPUS = Path.of("../core/src/test/resources/corpus");

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
  }

  @Test
  void aLayerIsExplainedInWordsAndNumbers() {
    Cnnc.Result result =
        Cnnc.run(
            "explain",
            CORPUS.resolve("networks/lenet28.net"),
            "--layer",
            "conv2",
            "--target",
            "vector",
            "--no-measure");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith(
            """
            conv2, forward, with its activation
              algorithm  direct: pixels of the image in lanes, sums of output channels in registers
              tile       16 output channels as 4 x 4, 2 vectors each
              layout     rows of the result 16 floats apart, 14 of them read
              why        A round loads 6 numbers for 8 multiply-adds; the limit: multiply-adds.
                         224 pixels of the image are 28 x 8 lanes; 88 % of what the lanes compute\
             is used.
            """)
        .contains("\n  work       1.254 MFLOP an image\n") // 2 x 16 x 14 x 14 x 8 x 25
        .contains("\nconv2.d_parameters, gradient of the parameters\n")
        .contains("\nconv2.d_input, gradient of the input\n")
        .contains("\nconv2.weight.update\n")
        .doesNotContain("measured", "GFLOP/s", "conv1");
  }

  @ParameterizedTest
  @CsvSource({
    "by-shape, conv2, Winograd",
    "direct, conv2, direct",
    "by-shape, conv1, direct",
    "winograd, conv1, Winograd"
  })
  void anAlgorithmCanBeForcedForComparing(String rule, String layer, String algorithm) {
    Cnnc.Result result =
        Cnnc.run(
            "explain",
            CORPUS.resolve("networks/winograd.net"),
            "--layer",
            layer,
            "--algorithm",
            rule,
            "--no-measure");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).containsPattern("forward.*\n  algorithm +" + algorithm);
  }

  @Test
  void anAlgorithmThatIsNoneIsWrongUsage() {
    Cnnc.Result result = Cnnc.run("explain", model, "--algorithm", "fft");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("--algorithm", "expected by-shape or direct or winograd, found 'fft'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "networks/lenet28.net",
        "networks/lecture32.net",
        "graph/every_layer.net",
        "backends/strides.net",
        "backends/branches.net",
        "regressions/only_padding_seen.net"
      })
  void everyOperationIsARowOfTheTable(String network) {
    for (String target : new String[] {"plain", "vector"}) {
      Cnnc.Result result =
          Cnnc.run("explain", CORPUS.resolve(network), "--no-measure", "--target", target);
      assertThat(result.exitCode()).as(result.err()).isZero();
      List<String> lines = result.out().lines().toList();
      assertThat(lines.get(0)).matches("operation +tile +MFLOP +expected");
      assertThat(lines.subList(1, lines.size()))
          .isNotEmpty()
          .allMatch(
              line ->
                  line.matches(
                      "\\S+ +(-|\\d+ sums?( x [2-4] vectors)?) +(-|[\\d.]+) +(-|[\\d.]+ %)"));
      assertThat(lines)
          .anyMatch(line -> line.contains(" sum"))
          .noneMatch(line -> Double.parseDouble(shareIn(line)) > 100);
    }
  }

  private static String shareIn(String line) {
    return line.endsWith("%") ? line.replaceAll(".* ([\\d.]+) %$", "$1") : "0";
  }

  @Test
  void predictionsAreMeasuredToo() {
    Cnnc.Result result =
        Cnnc.run("explain", model, "--target", "plain", "--program", "prediction", "--seconds", 0);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("conv1").doesNotContain("d_input");
  }

  @Test
  void whatIsMeasuredStandsBesideWhatIsExpected() {
    Cnnc.Result result = Cnnc.run("explain", model, "--target", "plain", "--seconds", 0);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).startsWith("measuring ");
    List<String> lines = result.out().lines().toList();
    assertThat(lines.get(0))
        .matches(
            "operation +tile +MFLOP +expected +GFLOP/s +measured GFLOP/s +of the peak"
                + " +us an image");
    assertThat(lines.get(1))
        .matches("conv1 +\\d sums +0\\.002 +[\\d.]+ % +[\\d.]+ +[\\d.]+ +[\\d.]+ % +[\\d.]+");
  }

  @Test
  void layersMayHaveTheNamesOfPhases() throws IOException {
    Path named =
        TinyFiles.write(
            folder.resolve("named.net"),
            """
            network Named {
                input image[1, 8, 8];
                features = image -> conv(4, kernel = 3) as prepare -> relu as parameters
                        -> conv(4, kernel = 3) as clear -> relu -> conv(4, kernel = 3) as images;
                output answer = features -> flatten -> fc(2) -> softmax;
                loss cross_entropy(answer);
                train { optimizer = sgd(rate = 0.1); batch = 4; }
            }
            """);
    for (String program : new String[] {"training", "prediction"}) {
      assertMeasured(named, "--program", program, "prepare..parameters", "clear..relu2", "images");
    }
  }

  /** Runs the command with an option; each of the operations has a tile and a share of the peak. */
  private static void assertMeasured(
      Path network, String option, String value, String... operations) {
    Cnnc.Result result = Cnnc.run("explain", network, "--seconds", 0, option, value);
    assertThat(result.exitCode()).as(result.err()).isZero();
    for (String operation : operations) {
      assertThat(result.out()).containsPattern("(?m)^" + Pattern.quote(operation) + " +\\S.* %");
    }
  }

  @Test
  void layersThatAreComputedForAGroupOfImagesAreMeasuredToo() throws IOException {
    Path grouped =
        TinyFiles.write(
            folder.resolve("grouped.net"),
            """
            network Grouped {
                input image[3, 20, 20];
                output answer = image -> conv(4, kernel = 3) -> relu -> flatten -> fc(40) -> relu
                        -> fc(2) -> softmax;
                loss cross_entropy(answer);
                train { optimizer = sgd(rate = 0.1); batch = 20; }
            }
            """);
    for (String target : new String[] {"plain", "vector"}) {
      assertMeasured(grouped, "--target", target, "fc1", "fc1.d_input", "conv1.d_parameters");
    }
  }

  @Test
  void programsReadAnObjectALine() {
    Cnnc.Result result =
        Cnnc.run("explain", model, "--json", "--no-measure", "--program", "prediction");
    assertThat(result.out().lines())
        .hasSize(4) // convolution, activation and pool are one
        .allMatch(line -> line.startsWith("{\"operation\": \"") && line.endsWith("}"));
    assertThat(result.out())
        .contains(
            "{\"operation\": \"conv1\", \"layer\": \"conv1\", \"computes\": \"forward, with its activation and max pool\"")
        .contains("\"flop\": 2304") // 2 x 1,152 multiply-adds, as in the summary
        .doesNotContain("measured", "peak");
  }

  @Test
  void aLayerThatIsNotThereIsAMistakeWithHelp() {
    Cnnc.Result result = Cnnc.run("explain", model, "--layer", "conw1");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("error: " + model + ": no layer \"conw1\"; did you mean \"conv1\"?\n");
  }

  @Test
  void aLayerIsShownByTheOperationThatComputesItWithOthers() {
    for (String layer : List.of("relu1", "maxpool1")) {
      Cnnc.Result result =
          Cnnc.run("explain", model, "--layer", layer, "--target", "vector", "--no-measure");
      assertThat(result.exitCode()).isZero();
      assertThat(result.out())
          .startsWith("conv1, forward, with its activation and max pool\n")
          .doesNotContain("conv1.d_parameters", "fc1");
    }
  }

  @Test
  void aLayerMayHaveNoCode() {
    Cnnc.Result result = Cnnc.run("explain", model, "--layer", "softmax1", "--no-measure");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("softmax1 has no code of its own in this program\n");
  }
}
