package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the command, with a Java that only prints how it was called. */
@DisabledOnOs(OS.WINDOWS) // the launcher is for a POSIX shell
class LauncherTest {
  private static final String ADDED = "--add-modules jdk.incubator.vector ";
  private static final String TRAIN = "TRAIN ";
  private static final Path OPTIONS = Path.of("src/main/launcher/train.options");
  private static final int LARGE = 17 << 20;

  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void makeJava() throws IOException {
    home = folder.resolve("a java");
    Path java = home.resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = --list-modules ]; then
          cat "$(dirname "$0")/modules"
        else
          echo "$@"
        fi
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    modules("");
    release("java.base jdk.incubator.vector");
  }

  private void modules(String text) throws IOException {
    Files.writeString(home.resolve("bin/modules"), text);
  }

  private void release(String modules) throws IOException {
    Files.writeString(home.resolve("release"), "X=\"1\"\nMODULES=\"" + modules + "\"\n");
  }

  /** What Java is called with for some arguments, without the class path. */
  private String javaFor(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "src/main/launcher/cnnc"));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", home.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output
        .strip()
        .replace("@" + OPTIONS.toAbsolutePath() + " ", TRAIN)
        .replaceAll("-cp .* org[.]cnnc[.]cli[.]Main ?", "");
  }

  private Path data(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[bytes]);
  }

  @Test
  void longWorkGetsTheModule() throws Exception {
    assertThat(javaFor("train", "a.net")).isEqualTo(TRAIN + ADDED + "train a.net");
    assertThat(javaFor("bench", "a.net")).isEqualTo(ADDED + "bench a.net");
    assertThat(javaFor("tune", "a.net")).isEqualTo(ADDED + "tune a.net");
    assertThat(javaFor("explain", "a.net")).isEqualTo(ADDED + "explain a.net");
    assertThat(javaFor("explain", "a.net", "--no-measure")).startsWith(ADDED);
    Path large = data("large data/images", LARGE);
    assertThat(javaFor("eval", "--data", large)).startsWith(ADDED);
    assertThat(javaFor("eval", "--data=" + large.getParent())).startsWith(ADDED);
    assertThat(javaFor("run", "--input", large)).startsWith(ADDED);
    assertThat(javaFor(Stream.concat(Stream.of("predict"), names(1000)).toArray()))
        .startsWith(ADDED);
  }

  @Test
  void shortWorkStartsAsFastAsItCan() throws Exception {
    Path small = data("small", 1000);
    assertThat(javaFor("eval", "--data", small)).isEqualTo("eval --data " + small);
    assertThat(javaFor("run", "--input", folder.resolve("none"))).startsWith("run ");
    assertThat(javaFor("predict", "a.png")).isEqualTo("predict a.png");
    assertThat(javaFor("summary", data("large", LARGE))).startsWith("summary ");
    assertThat(javaFor()).isEmpty();
  }

  private static Stream<String> names(int count) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(i -> i + ".png");
  }

  @Test
  void aJavaWithoutTheModuleIsNotAskedForIt() throws Exception {
    release("java.base");
    assertThat(javaFor("train", "a.net")).isEqualTo(TRAIN + "train a.net");
  }

  @Test
  void aJavaThatHasNoListIsAsked() throws Exception {
    Files.delete(home.resolve("release"));
    modules("java.base@17\njdk.incubator.vector@17\n");
    assertThat(javaFor("train", "a.net")).startsWith(TRAIN + ADDED);
  }

  /** Unknown ones would be ignored, without a word, and training would begin slowly. */
  @Test
  void thisJavaKnowsAllOptionsOfTraining() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "@" + OPTIONS.toAbsolutePath(),
                "-XX:-IgnoreUnrecognizedVMOptions",
                "-version")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains(System.getProperty("java.version")).doesNotContain("warning");
  }
}
