package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path data;
  private Path weights;

  @BeforeEach
  void train() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    data = TinyFiles.idx(folder.resolve("data"), 48);
    weights = folder.resolve("tiny.safetensors");
    assertThat(Cnnc.train(model, data, weights, "--validation", "last:8").exitCode()).isZero();
  }

  @Test
  void soundWeightsSayWhereTheyComeFrom() {
    Cnnc.Result result = Cnnc.run("verify", weights, "--model", model);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith(
            weights
                + ": whole, 4 tensors with 86 values, all finite\n"
                + "unchanged since they were written, by their digest\nweights of the model in "
                + model
                + ", by its hash\n\ncnnc.hash ")
        .contains("\ncnnc.seed                 3\n")
        .contains("\ncnnc.optimizer            sgd momentum 0.9 ")
        .contains("\ncnnc.epochs               2\n");
  }

  @Test
  void programsAreToldToo() {
    Cnnc.Result result = Cnnc.run("verify", weights, "--json");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .hasLineCount(1)
        .startsWith(
            "{\"event\": \"verification\", \"file\": \""
                + weights
                + "\", \"tensors\": 4, \"values\": 86, \"hash\": true, \"digest\": true, \"metadata\": {\"cnnc.hash\":")
        .contains("\"cnnc.batch\": \"8\"");
  }

  @Test
  void aCheckpointIsSoundToo() {
    Path checkpoint = folder.resolve("tiny.checkpoint.safetensors");
    assertThat(Cnnc.run("verify", checkpoint, "-m", model).out()).contains("checkpoint.epoch");
  }

  /** The lowest bit of a value in the middle of them, so that it stays finite. */
  @Test
  void aBitThatHasChangedIsSeen() throws IOException {
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 86 / 2 * Float.BYTES] ^= 1;
    Files.write(weights, bytes);
    for (Object[] words :
        new Object[][] {{"verify", weights}, {"verify", weights, "-m", model, "--json"}}) {
      Cnnc.Result result = Cnnc.run(words);
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .matches(
              "error: "
                  + weights
                  + ": the values are not those that were written: \"cnnc\\.weights\\.sha256\" is"
                  + " [0-9a-f]{64} in the file, [0-9a-f]{64} of what it holds\n");
    }
  }

  /** As an older cnnc or another tool writes them. */
  @Test
  void weightsNeedNoDigest() throws IOException {
    Safetensors saved = Safetensors.read(weights);
    Map<String, String> metadata = new LinkedHashMap<>(saved.metadata());
    assertThat(metadata.remove("cnnc.weights.sha256")).isNotNull();
    new Safetensors("", metadata, saved.tensors()).write(weights);
    Cnnc.Result result = Cnnc.run("verify", weights);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(
            "all finite\nwhether a value has changed cannot be told: there is no digest\n\ncnnc.hash");
    assertThat(Cnnc.run("verify", weights, "--json").out()).contains("\"digest\": false, ");
  }

  /** What {@code --reproduce} refuses, too. */
  @Test
  void settingsThatCannotBeAreNamed() throws IOException {
    Safetensors saved = Safetensors.read(weights);
    for (List<String> wrong :
        List.of(
            List.of("cnnc.epochs", "0"),
            List.of("cnnc.batch", "99999"),
            List.of("cnnc.rate", "NaN"),
            List.of("cnnc.rate", "-1"),
            List.of("cnnc.seed", "x"))) {
      Map<String, String> metadata = new LinkedHashMap<>(saved.metadata());
      metadata.put(wrong.get(0), wrong.get(1));
      new Safetensors("", metadata, saved.tensors()).write(weights);
      String problem =
          ": expected a number for \"" + wrong.get(0) + "\", found \"" + wrong.get(1) + "\"\n";
      assertThat(Cnnc.run("verify", weights))
          .isEqualTo(new Cnnc.Result(1, "", "error: " + weights + problem));
    }
  }

  /** They tell of no whole epoch, and of the images of the first one. */
  @Test
  void weightsOfARunThatWasStoppedAtOnceAreSound() {
    Path brief = folder.resolve("brief.safetensors");
    assertThat(Cnnc.train(model, data, brief, "--minutes", "1e-9").exitCode()).isZero();
    Cnnc.Result result = Cnnc.run("verify", brief);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("\ncnnc.epochs          0\n", "\ncnnc.images          8\n");
  }

  /** As of another framework, whose state dict tells nothing. */
  @Test
  void weightsMaySayNothing() throws IOException {
    TinyFiles.save(weights, Safetensors.read(weights).tensors());
    assertThat(Cnnc.run("verify", weights, "--model", model))
        .isEqualTo(
            new Cnnc.Result(
                0,
                weights
                    + ": whole, 4 tensors with 86 values, all finite\nwhether a value has changed cannot be told: there is no"
                    + " digest\nfits the model in "
                    + model
                    + ", by names and shapes; it has no hash\n\nIt does not say where it comes from.\n",
                ""));
  }

  @Test
  void weightsOfAnotherModelAreRefused() throws IOException {
    Path other =
        TinyFiles.write(
            folder.resolve("other.net"), TinyFiles.CONVOLUTION.replace("conv(2,", "conv(3,"));
    Cnnc.Result result = Cnnc.run("verify", weights, "--model", other);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("error: " + weights + ": expected weights of the model with hash ");
  }

  @Test
  void aShapeThatDoesNotFitIsNamed() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.read(weights).tensors());
    tensors.put("fc1.bias", TinyFiles.random(1, 3));
    TinyFiles.save(weights, tensors);
    assertThat(Cnnc.run("verify", weights).exitCode()).isZero();
    assertThat(Cnnc.run("verify", weights, "--model", model))
        .isEqualTo(
            new Cnnc.Result(
                1,
                "",
                "error: " + weights + ": tensor \"fc1.bias\": expected shape [2], found [3]\n"));
  }

  @Test
  void valuesThatAreNotFiniteAreNamed() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.read(weights).tensors());
    tensors.put("conv1.bias", Tensor.of(List.of(2), new float[] {1, Float.NEGATIVE_INFINITY}));
    TinyFiles.save(weights, tensors);
    assertThat(Cnnc.run("verify", weights, "--json"))
        .isEqualTo(
            new Cnnc.Result(
                1,
                "",
                "error: "
                    + weights
                    + ": tensor \"conv1.bias\", element 1: expected a finite number, found"
                    + " -Infinity\n"));
  }

  @Test
  void damagedAndEmptyFilesAreRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));
    Cnnc.Result cut = Cnnc.run("verify", weights);
    assertThat(cut.exitCode()).isEqualTo(1);
    assertThat(cut.err()).startsWith("error: " + weights + ", byte ").hasLineCount(1);
    TinyFiles.save(weights, Map.of());
    assertThat(Cnnc.run("verify", weights).err())
        .isEqualTo("error: " + weights + ": expected weights, there is no tensor in it\n");
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(Cnnc.run("verify").exitCode()).isEqualTo(2);
    assertThat(Cnnc.run("verify", weights, "--modle", model).exitCode()).isEqualTo(2);
  }
}
