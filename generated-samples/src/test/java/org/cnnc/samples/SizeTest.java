package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an app grows by. README has these numbers beside those of others. */
class SizeTest {
  private static final long MOST_OF_THE_RUNTIME = 100_000;

  /** Of classes that an app ships: to predict and train plainly, or to predict in both forms. */
  private static final long MOST_OF_THE_CLASSES = 60_000;

  /** Of all classes that there are: to predict and train, in both forms. */
  private static final long MOST_OF_ALL_CLASSES = 130_000;

  /** The benchmark network, with the labels that an app has. */
  private static final Path LENET28 =
      Path.of("..", "compiler/core/src/test/resources/corpus/networks/lenet28.net");

  private static final Path BENCHMARK =
      Path.of("..", "compiler/benchmarks/src/main/resources/networks/lenet28.net");

  @TempDir private Path folder;

  @Test
  void theRuntimeIsSmallAndNeedsNothingElse() throws IOException, InterruptedException {
    Path jar = AppBuild.artifact("cnnc-runtime");
    long bytes = Files.size(jar);
    System.out.println("cnnc-runtime: " + bytes + " bytes");
    assertThat(bytes).isLessThan(MOST_OF_THE_RUNTIME);
    Path pom = Path.of(jar.toString().replaceAll("\\.jar$", ".pom"));
    assertThat(pom).content().doesNotContain("<dependency>");
    String modules =
        BuiltSamples.outputOf(
            new JavaProcess(
                List.of("-p", jar.toString(), "--describe-module", "org.cnnc.runtime")));
    assertThat(modules.lines().skip(1))
        .map(String::strip)
        .containsExactly("exports org.cnnc.runtime", "requires java.base mandated");
  }

  @Test
  void theMeasuredNetworkIsThatOfTheBenchmarks() throws IOException, InterruptedException {
    assertThat(LENET28).content().contains("labels (\"0\", \"1\", \"2\"");
    assertThat(layers(LENET28)).hasSize(13).isEqualTo(layers(BENCHMARK));
  }

  /** The rows of the summary: layers with their shapes, parameters and work. */
  private static List<String> layers(Path network) throws IOException, InterruptedException {
    String summary = BuiltSamples.outputOf(JavaProcess.cnnc("summary", network.toString()));
    return summary.lines().skip(2).takeWhile(line -> !line.isEmpty()).toList();
  }

  @Test
  void theClassesOfLenet28AreSmall() throws IOException, InterruptedException {
    compileLenet28();
    long prediction = bytesOfClasses("Lenet28(?!Training|Teacher|PredictionVector|.Vectors).*");
    long predictionWithVectors = bytesOfClasses("Lenet28(PredictionVector|.Vectors).*");
    long training = bytesOfClasses("Lenet28(Training|Teacher)(?!Vector|.Vectors).*");
    long trainingWithVectors = bytesOfClasses("Lenet28(TrainingVector|Teacher.Vectors).*");
    long all = prediction + predictionWithVectors + training + trainingWithVectors;
    assertThat(bytesOfClasses("Lenet28.*"))
        .as("no class is forgotten, or counted twice")
        .isEqualTo(all);

    assertThat(prediction + training).isLessThan(MOST_OF_THE_CLASSES);
    assertThat(prediction + predictionWithVectors).isLessThan(MOST_OF_THE_CLASSES);
    assertThat(all).isLessThan(MOST_OF_ALL_CLASSES);
    expectReadmeSays("to predict", prediction, predictionWithVectors);
    expectReadmeSays("to train, with the teacher", training, trainingWithVectors);
    long app = Files.size(AppBuild.artifact("cnnc-runtime")) + prediction;
    expectReadmeSays(
        Pattern.compile("\\| about ([0-9,]+); ([0-9,]+) with those for the Vector API \\|"),
        app,
        app + predictionWithVectors);
  }

  private void compileLenet28() throws IOException, InterruptedException {
    BuiltSamples.outputOf(
        JavaProcess.cnnc(LENET28.toString(), "--emit", "bytecode", "--output", folder.toString()));
    AppBuild.run(
        "javac",
        "--release",
        "17",
        "-cp",
        String.join(
            File.pathSeparator,
            AppBuild.artifact("cnnc-runtime").toString(),
            AppBuild.artifact("cnnc-training").toString(),
            folder.toString()),
        folder.resolve("Lenet28.java").toString(),
        folder.resolve("Lenet28Images.java").toString(),
        folder.resolve("Lenet28Teacher.java").toString());
  }

  private static void expectReadmeSays(String row, long plain, long vectors) throws IOException {
    expectReadmeSays(
        Pattern.compile("\\| " + row + ".* \\| ([0-9,]+) \\| ([0-9,]+) more \\|"), plain, vectors);
  }

  /** README says so much to the thousand; class files of another javac may differ a little. */
  private static void expectReadmeSays(Pattern row, long plain, long vectors) throws IOException {
    Matcher numbers = row.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(numbers.find()).as("README has a row " + row).isTrue();
    assertThat(plain).isCloseTo(number(numbers.group(1)), withinPercentage(1.5));
    assertThat(vectors).isCloseTo(number(numbers.group(2)), withinPercentage(1.5));
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }

  private long bytesOfClasses(String name) throws IOException {
    assertThat(folder.toFile().list()).anyMatch(file -> file.matches(name + "\\.class"));
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += file.getFileName().toString().matches(name + "\\.class") ? Files.size(file) : 0;
      }
    }
    return bytes;
  }
}
