package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The help texts are files; {@code -Dcnnc.bless} writes them anew. */
class HelpTest {
  private static final Path GOLDENS = Path.of("src/test/resources/help");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cnnc",
        "summary",
        "check",
        "graph",
        "data",
        "train",
        "eval",
        "verify",
        "predict",
        "run",
        "step",
        "bench",
        "explain",
        "tune",
        "dump",
        "fmt",
        "explain-error"
      })
  void helpIsAsRecorded(String command) throws IOException {
    Cnnc.Result result = command.equals("cnnc") ? Cnnc.run("--help") : Cnnc.run(command, "--help");
    Path golden = GOLDENS.resolve(command + ".txt");
    if (System.getProperty("cnnc.bless") != null) {
      Files.writeString(golden, result.out());
    }
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo(Files.readString(golden)).contains("Example:\n  cnnc ");
  }

  @Test
  void helpListsEveryCommand() {
    assertThat(Cnnc.run("--help").out())
        .contains(
            List.of(
                "summary",
                "check",
                "graph",
                "data",
                "train",
                "eval",
                "verify",
                "verify",
                "predict",
                "run",
                "step",
                "bench",
                "explain",
                "tune",
                "dump",
                "fmt",
                "explain-error"));
  }

  @Test
  void versionNamesTheCompiler() {
    assertThat(Cnnc.run("--version")).isEqualTo(new Cnnc.Result(0, "cnnc 0.1.0\n", ""));
    assertThat(Cnnc.run("train", "--version").out()).isEqualTo("cnnc 0.1.0\n");
  }
}
