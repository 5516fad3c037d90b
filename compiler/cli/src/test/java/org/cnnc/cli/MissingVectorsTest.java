package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command in a Java of its own, started without the module of the Vector API. */
class MissingVectorsTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
  }

  private record Run(int exitCode, String output) {}

  private Run run(String name, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(name, model.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain", "bench", "tune"})
  void askingForVectorsIsAMistakeWithHelp(String name) throws Exception {
    Run run = run(name, "--target", "vector", "--seconds", "0");
    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output())
        .isEqualTo(
            "error: --target vector needs the module jdk.incubator.vector, without which this Java"
                + " runs ("
                + System.getProperty("java.version")
                + ", "
                + System.getProperty("java.home")
                + "): start it with --add-modules jdk.incubator.vector, or set JAVA_HOME to a JDK"
                + " that has the module\n");
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(model));
  }

  @Test
  void whatRunsNothingNeedsNothing() throws Exception {
    Run explain = run("explain", "--target", "vector", "--no-measure");
    assertThat(explain.exitCode()).as(explain.output()).isZero();
    assertThat(explain.output()).startsWith("operation ").contains("conv1..maxpool1");
    Run compile = run("dump", "--target", "vector", "--after", "plan");
    assertThat(compile.exitCode()).as(compile.output()).isZero();
  }
}
