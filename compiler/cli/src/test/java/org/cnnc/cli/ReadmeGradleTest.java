package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What README.md tells users of Gradle: the command line that Gradle would run. The profile {@code
 * gradle} of the samples runs Gradle.
 */
class ReadmeGradleTest {
  private static final Pattern COMMAND = Pattern.compile("commandLine (.*?) }");
  private static final Pattern WORD = Pattern.compile("'([^']+)'");

  @TempDir private Path project;

  @Test
  void theCommandLineFillsTheSourceFolder() throws IOException {
    String readme = Files.readString(Path.of("..", "..", "README.md"));
    Matcher command = COMMAND.matcher(readme);
    assertThat(command.find()).isTrue();
    List<String> words =
        WORD.matcher(command.group(1)).results().map(word -> word.group(1)).toList();
    assertThat(words.get(0)).isEqualTo("cnnc");
    assertThat(readme)
        .contains("srcDir(files('" + words.get(words.size() - 1) + "').builtBy(cnnc))");

    Path network = project.resolve(words.get(1));
    Files.createDirectories(network.getParent());
    TinyFiles.write(network, TinyFiles.CONVOLUTION.replace("network Tiny", "network Digits"));
    Object[] arguments = words.stream().skip(1).map(this::inProject).toArray();
    assertThat(Cnnc.run(arguments).exitCode()).isZero();
    Path sources = project.resolve("build/generated/cnnc/org/example");
    assertThat(sources.resolve("Digits.java")).content().contains("package org.example;");
    assertThat(sources.resolve("DigitsPrediction.java")).exists();
    assertThat(Cnnc.run(arguments).out()).doesNotContain("wrote", "replaced").contains("unchanged");
  }

  /** Gradle runs commands in the project's folder; this test's command runs in its own. */
  private Object inProject(String word) {
    return word.contains("/") ? project.resolve(word) : word;
  }
}
