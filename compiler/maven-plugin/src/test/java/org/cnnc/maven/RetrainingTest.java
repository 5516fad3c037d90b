package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.cnnc.maven.Goals.Run;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code cnnc:train} trains anew for, and what not. */
class RetrainingTest {
  private static final String UNCHANGED =
      "[INFO] Nothing to train - network, data and settings are unchanged\n";
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;
  private Goals goals;
  private Path network;
  private Path weights;
  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void train() throws Exception {
    network = Stripes.writeNetwork(folder);
    Stripes.draw(folder.resolve("pictures"), 8);
    weights =
        folder.resolve("target/generated-resources/cnnc-weights/org/example/Stripes.safetensors");
    goals = new Goals(folder);
    settings.put("cnnc.data", "pictures");
    settings.put("cnnc.epochs", "2");
    expectTrained();
  }

  @Test
  void everythingThatDecidesTheWeightsTrainsAnew() throws Exception {
    assertThat(weights()).containsEntry("cnnc.batch", "4").containsEntry("cnnc.seed", "1");
    settings.put("cnnc.batch", "8");
    expectTrained();
    assertThat(weights()).containsEntry("cnnc.batch", "8");
    settings.put("cnnc.rate", "0.05");
    expectTrained();
    assertThat(weights()).containsEntry("cnnc.rate", "0.05");
    settings.put("cnnc.seed", "7");
    expectTrained();
    assertThat(weights()).containsEntry("cnnc.seed", "7");
    settings.put("cnnc.epochs", "1");
    expectTrained();
    assertThat(weights()).containsEntry("cnnc.epochs", "1");
    settings.put("cnnc.validation", "0.25");
    expectTrained();
    assertThat(weights()).containsKey("cnnc.validation.accuracy");

    Stripes.drawOne(folder.resolve("pictures/lying/0.png"), true, 5); // as many, but another
    expectTrained();
    Files.delete(folder.resolve("pictures/standing/7.png"));
    expectTrained();

    Files.writeString(network, Stripes.text().replace("conv(4,", "conv(5,"));
    expectTrained();
    assertThat(Safetensors.read(weights).tensors().get("conv1.bias").dims()).containsExactly(5);
  }

  @Test
  void whatDecidesNothingDoesNot() throws Exception {
    byte[] before = Files.readAllBytes(weights);
    expectNothingToDo();
    settings.put("cnnc.threads", "2");
    expectNothingToDo();
    settings.put("cnnc.minutes", "5");
    expectNothingToDo();
    Files.writeString(network, Stripes.text()); // the same text, at another time
    expectNothingToDo();
    assertThat(weights).hasBinaryContent(before);

    Files.writeString(weights, "broken by somebody");
    expectTrained();
    assertThat(weights).hasBinaryContent(before);
    Files.delete(weights);
    assertThat(run().log()).doesNotContain(UNCHANGED);
    assertThat(weights).hasBinaryContent(before);
  }

  /** Trained, for its result is another one; and only once. */
  private void expectTrained() throws Exception {
    String old = Files.exists(weights) ? Fingerprint.of(weights) : "";
    Run run = run();
    assertThat(run.log()).contains("[INFO] Training Stripes on ").doesNotContain(UNCHANGED);
    assertThat(Fingerprint.of(weights)).isNotEqualTo(old);
    expectNothingToDo();
  }

  private void expectNothingToDo() throws Exception {
    Files.setLastModifiedTime(weights, LONG_AGO);
    assertThat(run().log()).isEqualTo(UNCHANGED);
    assertThat(Files.getLastModifiedTime(weights)).isEqualTo(LONG_AGO);
  }

  private Run run() throws Exception {
    Run run = goals.run("train", settings);
    assertThat(run.failure()).isEmpty();
    assertThat(run.project().getResources()) // also when nothing was trained
        .filteredOn(resource -> weights.startsWith(resource.getDirectory()))
        .hasSize(1);
    return run;
  }

  private Map<String, String> weights() throws Exception {
    return Safetensors.readMetadata(weights);
  }
}
