package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The example of ARCHITECTURE.md is what the compiler prints today, and its recipe for adding an
 * operator is what the operators follow.
 */
class ArchitecturePageTest {
  private static final Pattern BLOCK =
      Pattern.compile("```(net|dump (\\w+))\n(.*?)```", Pattern.DOTALL);

  private static final Pattern STEP = Pattern.compile("(?m)^(\\d)\\. `([^`]+)`");
  private static final Path PAGE = Path.of("..", "ARCHITECTURE.md");
  private static final Path SOURCES = Path.of("../core/src/main/java/org/cnnc/compiler");

  @TempDir private Path folder;

  @Test
  void everyLineOfTheExampleIsPrintedInThisOrder() throws IOException {
    List<MatchResult> blocks = BLOCK.matcher(Files.readString(PAGE)).results().toList();
    Path model = TinyFiles.write(folder.resolve("tiny.net"), blocks.get(0).group(3));
    assertThat(blocks).hasSizeGreaterThan(6);
    for (MatchResult block : blocks.subList(1, blocks.size())) {
      String level = block.group(2);
      Cnnc.Result result = Cnnc.run("dump", model, "--after", level, "--program", "training");
      assertThat(result.exitCode()).as(level).isZero();
      assertThat(result.out().lines().toList())
          .as("dump " + level)
          .containsSubsequence(block.group(3).lines().toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MaxPool, maxpool",
    "AveragePool, avgpool",
    "FullyConnected, fc",
    "Flatten, flatten",
    "Tanh, tanh",
    "LeakyRelu, leaky_relu",
    "Mish, mish"
  })
  void operatorIsKnownToTheFilesOfTheRecipeAlone(String operator, String layer) throws IOException {
    String page = Files.readString(PAGE);
    List<String> recipe = STEP.matcher(page).results().map(step -> step.group(2)).toList();
    Pattern name = Pattern.compile("\\b(" + operator + "|" + operator + "Lowering)\\b");
    Set<String> files = new TreeSet<>();
    for (Path file : javaFiles()) {
      if (name.matcher(Files.readString(file)).find()) {
        String path = SOURCES.relativize(file).toString().replace(File.separatorChar, '/');
        boolean loops = path.equals("lower/" + operator + "Lowering.java");
        files.add(loops ? "lower/SoftmaxLowering.java" : path);
      }
    }
    Path script = Path.of("../core/src/test/resources/oracle/make_fixtures.py");
    assertThat(Files.readString(script)).contains('"' + layer + '"');
    files.add(script.getFileName().toString());
    Path reference = Path.of("../../grammar/LANGUAGE.md");
    assertThat(Files.readString(reference)).contains('`' + layer);
    files.add(reference.getFileName().toString());

    assertThat(files).isSubsetOf(recipe).hasSizeBetween(5, 6);
  }

  @Test
  void recipeNamesFilesThatAreThere() throws IOException {
    List<String> recipe =
        STEP.matcher(Files.readString(PAGE)).results().map(step -> step.group(2)).toList();
    assertThat(recipe).hasSize(11);
    assertThat(recipe)
        .filteredOn(file -> file.endsWith(".java"))
        .allMatch(file -> Files.isRegularFile(SOURCES.resolve(file)));
  }

  private static List<Path> javaFiles() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
