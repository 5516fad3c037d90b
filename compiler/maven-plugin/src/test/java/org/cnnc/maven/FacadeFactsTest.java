package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnc.maven.Goals.Run;
import org.cnnc.report.testing.AppArrays;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the class that an app names tells of itself: where it comes from, how much it takes. */
class FacadeFactsTest {
  @TempDir Path folder;
  private Goals goals;
  private Path facade;
  private Path classes;
  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void write() throws Exception {
    Stripes.writeNetwork(folder);
    goals = new Goals(folder);
    facade = folder.resolve("target/generated-sources/cnnc/org/example/Stripes.java");
    classes = folder.resolve("target/generated-resources/cnnc");
  }

  @Test
  void otherWeightsAreToldOfWhenTheyWereTrained() throws Exception {
    Stripes.draw(folder.resolve("pictures"), 20);
    settings.put("cnnc.data", "pictures");
    settings.put("cnnc.validation", "0.25");
    settings.put("cnnc.weightsDirectory", "src/main/resources");
    List<String> told = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      settings.put("cnnc.seed", String.valueOf(seed));
      settings.put("cnnc.epochs", String.valueOf(seed));
      run("train");
      assertThat(run("compile").log()).contains("Compiled org/example/Stripes.net to ");
      told.add(expectProvenance(seed));
      assertThat(run("compile").log()).contains("Nothing to compile");
    }
    assertThat(told).doesNotHaveDuplicates();
  }

  /** Returns what stands there of the weights' quality. */
  private String expectProvenance(int seed) throws IOException {
    Path weights = folder.resolve("src/main/resources/org/example/Stripes.safetensors");
    Map<String, String> facts = Safetensors.readMetadata(weights);
    String quality =
        "Accuracy %s, mean loss %s on validation data: %s."
            .formatted(
                facts.get("cnnc.validation.accuracy"),
                facts.get("cnnc.validation.loss"),
                facts.get("cnnc.validation"));
    assertThat(facade)
        .content()
        .contains(" * " + quality + "\n")
        .contains(" * Trained on: " + facts.get("cnnc.data") + ",\n")
        .contains(
            " * seed %d, batch 4, rate 0.1, weights of epoch %s, by cnnc "
                .formatted(seed, facts.get("cnnc.epoch")));
    return quality;
  }

  @Test
  void itsBytesAreThoseOfItsArrays() throws Exception {
    settings.put("cnnc.kernelTarget", "plain");
    run("compile");
    long model = constant("MODEL_BYTES");
    long scratch = constant("SCRATCH_BYTES");
    AppArrays arrays = new AppArrays(classes);
    assertThat(model).isEqualTo(arrays.programBytes("org.example.StripesPrediction"));
    assertThat(scratch).isEqualTo(arrays.scratchBytes("org.example.StripesPrediction"));
    assertThat(model).isGreaterThanOrEqualTo(114L * Float.BYTES); // it has as many parameters

    settings.put("cnnc.kernelTarget", "vector");
    run("compile");
    long ofVectors = constant("SCRATCH_BYTES");
    settings.put("cnnc.kernelTarget", "both");
    run("compile");
    assertThat(constant("SCRATCH_BYTES")).isEqualTo(Math.max(scratch, ofVectors));
  }

  private Run run(String goal) throws Exception {
    Run run = goals.run(goal, settings);
    assertThat(run.failure()).isEmpty();
    return run;
  }

  private long constant(String name) throws IOException {
    Matcher constant =
        Pattern.compile("public static final long " + name + " = (\\d+)L;")
            .matcher(Files.readString(facade));
    assertThat(constant.find()).isTrue();
    return Long.parseLong(constant.group(1));
  }
}
