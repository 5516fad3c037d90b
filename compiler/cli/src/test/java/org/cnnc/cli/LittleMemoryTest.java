package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An arena that Java's heap has no room for: named as what it is, with what helps. */
class LittleMemoryTest {
  /** 4,096 images of 64 KB, 268 MB, are there at once. */
  private static final String MODEL =
      TinyFiles.CONVOLUTION.replace("image[1, 8, 8]", "image[1, 128, 128]");

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void anArenaBeyondTheHeapIsSaidPlainly() throws IOException, InterruptedException {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), MODEL);
    Path data = TinyFiles.idx(folder.resolve("data"), 8);
    Path out = folder.resolve("tiny.safetensors");
    List<Object> command = List.of("train", model, "--data", data, "--out", out);
    assertThat(run(command, "4096"))
        .isEqualTo(
            new Cnnc.Result(
                1,
                "",
                "error: not enough memory (Java heap space); a smaller --batch needs less,"
                    + " JAVA_TOOL_OPTIONS=-Xmx8g allows more\n"));
    assertThat(folder).isDirectoryNotContaining("glob:**.safetensors");

    Cnnc.Result smaller = run(command, "16");
    assertThat(smaller.exitCode()).as(smaller.err()).isZero();
    assertThat(out).isRegularFile();
  }

  private Cnnc.Result run(List<Object> command, String batch)
      throws IOException, InterruptedException {
    Path results = folder.resolve("results.txt");
    Path messages = folder.resolve("messages.txt");
    List<String> words = Cnnc.inItsOwnProcess("-Xmx64m");
    command.forEach(word -> words.add(word.toString()));
    words.addAll(List.of("--batch", batch));
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(results.toFile())
            .redirectError(messages.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Cnnc.Result(
        process.exitValue(), Files.readString(results), Files.readString(messages));
  }
}
