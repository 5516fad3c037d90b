package org.example.sketchpad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says when it cannot start. */
class SketchpadTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  void argumentsMustBeKnown() {
    assertThat(run("--prot", "1")).isEqualTo(2);
    assertThat(errors).hasToString("error: expected: Sketchpad [--port PORT] [--symbols FILE]\n");
    errors.reset();
    assertThat(run("--port", "http")).isEqualTo(2);
    assertThat(errors).hasToString("error: --port: expected 0 to 65535, found \"http\"\n");
  }

  @Test
  void aPortMayBeTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      String symbols = folder.resolve("symbols.json").toString();
      assertThat(run("--port", port, "--symbols", symbols)).isEqualTo(1);
      assertThat(errors.toString(StandardCharsets.UTF_8))
          .startsWith("error: port " + port + " is taken");
    }
  }

  @Test
  void theFileOfSymbolsMustBeOne() throws Exception {
    Path file = Files.writeString(folder.resolve("symbols.json"), "hello");
    assertThat(run("--port", "0", "--symbols", file.toString())).isEqualTo(1);
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .startsWith("error: " + file + ": not a file of symbols");
  }

  private int run(String... arguments) {
    return Sketchpad.run(
        List.of(arguments),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(errors, true, StandardCharsets.UTF_8));
  }
}
