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
  private static final long MOST_OF_THE_CLASSES = 60_000;

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
  void theClassesOfLenet28AreSmall() throws IOException, InterruptedException {
    BuiltSamples.outputOf(
        JavaProcess.cnnc(
            Path.of("src/test/resources/sizes/Lenet28.net").toString(),
            "--emit",
            "bytecode",
            "--target",
            "both",
            "--output",
            folder.toString()));
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
    long vector = bytesOfClasses("Lenet28.*Vector.*");
    long training = bytesOfClasses("Lenet28(Training|Teacher)(?!Vector).*");
    long prediction = bytesOfClasses("Lenet28(?!Training|Teacher|PredictionVector|.Vectors).*");
    System.out.println(
        "generated classes of lenet28: "
            + prediction
            + " bytes to predict, "
            + training
            + " more to train, "
            + vector
            + " more for the Vector API, of which "
            + bytesOfClasses("Lenet28(PredictionVector|.Vectors).*")
            + " to predict");
    assertThat(training).isGreaterThan(1000);
    assertThat(prediction).isGreaterThan(1000);
    assertThat(vector).isGreaterThan(1000);
    assertThat(prediction + training).isLessThan(MOST_OF_THE_CLASSES);
    long app = Files.size(AppBuild.artifact("cnnc-runtime")) + prediction;
    expectReadmeSays(app, app + bytesOfClasses("Lenet28(PredictionVector|.Vectors).*"));
  }

  /** README says so much to the thousand; class files of another javac may differ a little. */
  private static void expectReadmeSays(long plain, long withVectors) throws IOException {
    Matcher row =
        Pattern.compile("\\| about ([0-9,]+); ([0-9,]+) with those for the Vector API \\|")
            .matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(row.find()).as("README has the row").isTrue();
    assertThat(plain).isCloseTo(number(row.group(1)), withinPercentage(1.5));
    assertThat(withVectors).isCloseTo(number(row.group(2)), withinPercentage(1.5));
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
