package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.maven.Goals.Run;
import org.cnnc.report.testing.AppArrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each limit of {@code cnnc:check} by itself, and whether the figures it prints are true. */
class CheckLimitsTest {
  private static final Pattern FIGURE = Pattern.compile("Stripes.net: ([a-z ]+) ([0-9,]+) bytes");
  private static final int EACH = 8;

  @TempDir Path folder;
  private Path network;
  private Goals goals;
  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void write() throws Exception {
    network = Stripes.writeNetwork(folder);
    goals = new Goals(folder);
    settings.put("cnnc.kernelTarget", "plain");
  }

  /** What javac and Java itself make of what {@code cnnc:compile} has written. */
  @Test
  void theFiguresAreThoseOfTheAppsOwnClasses() throws Exception {
    for (boolean training : List.of(false, true)) {
      settings.put("cnnc.training", String.valueOf(training));
      String compiled = run("compile").log();
      AppArrays app = new AppArrays(classes());
      Map<String, Long> figures = figures();
      long prediction = app.scratchBytes("org.example.StripesPrediction");
      assertThat(figures)
          .containsEntry("class files", bytesOfClassFiles())
          .containsEntry("prediction arena", prediction);
      assertThat(compiled)
          .contains(format(" and %,d bytes of memory\n", prediction))
          .contains(format("  %,d bytes of classes that compute\n", bytesOfClassFiles()));
      if (training) {
        assertThat(figures)
            .containsEntry("training arena", app.arenaBytes("org.example.StripesTraining"));
      }
    }
  }

  /** Kept values take their place in the arena. */
  @Test
  void whatTheAppKeepsCounts() throws Exception {
    long before = figures().get("prediction arena");
    settings.put("cnnc.keep", "conv1");
    run("compile");
    long kept = new AppArrays(classes()).scratchBytes("org.example.StripesPrediction");
    assertThat(kept).isGreaterThan(before);
    assertThat(figures()).containsEntry("prediction arena", kept);
  }

  @Test
  void eachSizeAboveItsLimitFailsTheBuildAlone() throws Exception {
    Map<String, Long> figures = figures();
    assertThat(figures).hasSize(3);
    expectLimit("cnnc.maxTrainArena", "training arena", figures);
    expectLimit("cnnc.maxPredictArena", "prediction arena", figures);
    expectLimit("cnnc.maxClassBytes", "class files", figures);
  }

  private void expectLimit(String property, String name, Map<String, Long> figures)
      throws Exception {
    long bytes = figures.get(name);
    settings.put(property, String.valueOf(bytes));
    assertThat(run("check").log())
        .contains(format("Stripes.net: %s %,d bytes of at most %,d\n", name, bytes, bytes))
        .containsOnlyOnce(" of at most ")
        .doesNotContain("[ERROR]");
    settings.put(property, String.valueOf(bytes - 1));
    expectOneError(
        format(
            "[ERROR] %s: %s: %,d bytes, 1 above the limit of %,d",
            network, name, bytes, bytes - 1));
    settings.remove(property);
  }

  /** These weights call everything standing, so half of the images are named rightly. */
  @Test
  void tooLittleAccuracyFailsTheBuildAlone() throws Exception {
    Stripes.draw(folder.resolve("pictures"), EACH);
    Stripes.writeWeights(folder.resolve("blind.safetensors"), 4, 0, 1);
    settings.put("cnnc.data", "pictures");
    settings.put("cnnc.weights", "blind.safetensors");
    settings.put("cnnc.minAccuracy", "0.5");
    String half = "org/example/Stripes.net: accuracy 0.5000 (8 of 16 images), expected at least ";
    assertThat(run("check").log()).contains("[INFO] " + half + "0.5\n").doesNotContain("[ERROR]");
    settings.put("cnnc.minAccuracy", "0.501");
    expectOneError("[ERROR] " + half + "0.501");
  }

  private void expectOneError(String message) throws Exception {
    Run run = goals.run("check", settings);
    assertThat(run.failure().orElseThrow()).hasMessage("1 limit is not kept, see above");
    assertThat(run.log()).containsOnlyOnce("[ERROR]").contains(message);
  }

  private Run run(String goal) throws Exception {
    Run run = goals.run(goal, settings);
    assertThat(run.failure()).isEmpty();
    return run;
  }

  /** What the goal prints, by what it is. */
  private Map<String, Long> figures() throws Exception {
    Map<String, Long> figures = new HashMap<>();
    Matcher figure = FIGURE.matcher(run("check").log());
    while (figure.find()) {
      figures.put(figure.group(1), Long.valueOf(figure.group(2).replace(",", "")));
    }
    return figures;
  }

  private Path classes() {
    return folder.resolve("target/generated-resources/cnnc");
  }

  private long bytesOfClassFiles() throws IOException {
    try (Stream<Path> files = Files.walk(classes())) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
