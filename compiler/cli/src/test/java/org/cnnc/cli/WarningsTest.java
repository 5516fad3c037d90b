package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warnings are messages: results and exit codes are as without them, unless asked for. */
class WarningsTest {
  private static final String TEXT =
      """
      network Doubtful {
          input image[1, 4, 4];
          half = 1/2;
          output label = image -> flatten -> fc(4) -> fc(2) -> softmax;
          loss cross_entropy(label);
      }
      """;

  @TempDir private Path folder;
  private Path model;
  private Path out;

  @BeforeEach
  void writeModel() throws IOException {
    model = Files.writeString(folder.resolve("doubtful.net"), TEXT);
    out = folder.resolve("out");
  }

  @Test
  void theModelIsCompiledAllTheSame() {
    Cnnc.Result result = Cnnc.run(model, "-o", out);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("network Doubtful, no errors, 2 warnings\n")
        .doesNotContain("warning[");
    assertThat(result.err()).contains("warning[CNN059]", "warning[CNN061]");
    assertThat(out).isNotEmptyDirectory();
  }

  @Test
  void theyAreErrorsWhereTheUserSaysSo() {
    for (String option : new String[] {"--warnings-as-errors", "-Werror"}) {
      Cnnc.Result result = Cnnc.run(model, "-o", out, option);
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("warning[CNN059]", "warning[CNN061]");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void jsonHasThemWithSeverityTwoAndNothingElseOnStandardOutput() {
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--json");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith("[{")
        .endsWith("}]\n")
        .contains(
            "\"range\":{\"start\":{\"line\":2,\"character\":4},"
                + "\"end\":{\"line\":2,\"character\":8}},\"severity\":2,\"code\":\"CNN059\"");
    Cnnc.Result strict = Cnnc.run(model, "-o", out, "--json", "-Werror");
    assertThat(strict).isEqualTo(new Cnnc.Result(1, result.out(), ""));
  }

  /** Two classes of pictures for a network of three, four pictures for a batch of eight. */
  @Test
  void dataThatDoNotFitTheNetworkAreSaid() throws IOException {
    String three =
        TinyFiles.CONVOLUTION.replace("fc(2)", "fc(3)").replaceAll("labels \\(.*\\)", "");
    TinyFiles.write(model, three);
    Path data = TinyFiles.tensors(folder.resolve("data.safetensors"), 4);
    Path weights = folder.resolve("w.safetensors");
    Cnnc.Result train = Cnnc.train(model, data, weights, "--epochs", 1, "--batch", 8, "--json");
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(train.out()).doesNotContain("CNN0");
    assertThat(train.err())
        .contains("warning[CNN065]: the data have 2 classes, but `tone` has 3")
        .contains("warning[CNN066]: a batch is 8 images, but there are only 4");
    Cnnc.Result eval = Cnnc.run("eval", model, "--weights", weights, "--data", data, "--json");
    assertThat(eval.exitCode()).isZero();
    assertThat(eval.err()).contains("warning[CNN065]").doesNotContain("CNN066");
  }

  /** As the text's own are; each points at what the user typed. */
  @Test
  void settingsOfTheCommandThatLookWrongAreSaid() throws IOException {
    TinyFiles.write(model, TinyFiles.CONVOLUTION);
    Path data = TinyFiles.tensors(folder.resolve("data.safetensors"), 4);
    Path weights = folder.resolve("w.safetensors");
    Cnnc.Result train = Cnnc.train(model, data, weights, "--rate", 1e-7, "-e", 1, "-b", 64);
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(train.err())
        .contains(
            """
            warning[CNN066]: a batch is 64 images, but there are only 4
             --> command line:1:1
              |
            1 | --batch 64
              | ^^^^^^^^^^ an epoch is a single step
              = help: choose a batch of which the data hold many
            """)
        .contains(
            """
            warning[CNN064]: a learning rate of 0.0000001 looks too small
             --> command line:1:1
              |
            1 | --rate 1.0E-7
              | ^^^^^^^^^^^^^
              = help: `sgd` mostly learns at rates from 0.001 to 0.1
            """);
    Cnnc.Result usual = Cnnc.train(model, data, weights, "--rate", 0.5, "-b", 4, "--force");
    assertThat(usual.err()).doesNotContain("warning");
  }

  @Test
  void resultsOfOtherCommandsAreWithoutThem() {
    Cnnc.Result summary = Cnnc.run("summary", model, "--json");
    assertThat(summary.out()).doesNotContain("CNN0");
    assertThat(summary.err()).contains("warning[CNN059]");
    assertThat(Cnnc.run("dump", model, "--after", "graph").out()).doesNotContain("CNN0");
  }
}
