package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  private static final String NUMBER = "\\d+\\.\\d";

  @TempDir private Path folder;

  @Test
  void eachJobAndBatchIsALineInTheFormOfThePeers() throws IOException {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    Cnnc.Result result =
        Cnnc.run("bench", model, "--batch", "1,3", "--threads", 2, "--seconds", 0, "--warmup", 0);
    assertThat(result.exitCode()).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(4);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i))
          .matches(
              "\\{\"peer\": \"cnnc-plain\", \"net\": \"tiny\", \"job\": \"%s\", \"batch\": %d,"
                      .formatted(i % 2 == 0 ? "train" : "predict", i < 2 ? 1 : 3)
                  + " \"threads\": 2, \"images_per_second\": "
                  + NUMBER
                  + ", \"microseconds\": "
                  + NUMBER
                  + ", \"seconds_to_first\": \\d+\\.\\d{3}}");
    }
  }

  @Test
  void anAlgorithmCanBeForcedForComparing() throws IOException {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    Cnnc.Result result =
        Cnnc.run("bench", model, "-b", 2, "--seconds", 0, "--warmup", 0, "--algorithm", "winograd");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(2);
  }

  @Test
  void wrongUsageIsTwo() throws IOException {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    assertThat(Cnnc.run("bench", model, "--batch", "1,0").exitCode()).isEqualTo(2);
    assertThat(Cnnc.run("bench", model, "--seconds", "-1").exitCode()).isEqualTo(2);
    assertThat(Cnnc.run("bench").exitCode()).isEqualTo(2);
  }
}
