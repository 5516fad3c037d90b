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
                + ": whole, 4 tensors with 86 values, all finite\nweights of the model in "
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
                + "\", \"tensors\": 4, \"values\": 86, \"hash\": true, \"metadata\": {\"cnnc.hash\":")
        .contains("\"cnnc.batch\": \"8\"");
  }

  @Test
  void aCheckpointIsSoundToo() {
    Path checkpoint = folder.resolve("tiny.checkpoint.safetensors");
    assertThat(Cnnc.run("verify", checkpoint, "-m", model).out()).contains("checkpoint.epoch");
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
                    + ": whole, 4 tensors with 86 values, all finite\nfits the model in "
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
