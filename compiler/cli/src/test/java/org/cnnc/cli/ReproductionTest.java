package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.report.Quantities;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionTest {
  @TempDir private Path folder;
  private Path model;
  private Path data;
  private Path weights;

  @BeforeEach
  void writeFiles() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    data = TinyFiles.idx(folder.resolve("data"), 48);
    weights = folder.resolve("tiny.safetensors");
  }

  private void train(Object... more) {
    Cnnc.Result result = Cnnc.train(model, data, weights, more);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private Cnnc.Result reproduce(Object... more) {
    Object[] first = {"train", model, "--data", data, "--reproduce", weights};
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Cnnc.run(all);
  }

  private void expectRefused(String why, Object... more) {
    Cnnc.Result result = reproduce(more);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("error: " + weights + ": cannot be trained again: " + why)
        .hasLineCount(1);
  }

  @Test
  void theSameBytesComeOutWithTheSettingsOfTheFile() throws IOException {
    train("--validation", 0.25, "--seed", 9, "--batch", 5, "--rate", 0.03, "--epochs", 3);
    byte[] before = Files.readAllBytes(weights);
    Cnnc.Result result = reproduce("--validation", 0.25, "--threads", 2);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("epoch 3/3")
        .endsWith(
            weights + ": reproduced: the same " + Quantities.count(before.length) + " bytes\n");
    assertThat(weights).hasBinaryContent(before);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(4); // model, data, weights and their checkpoint: none is new
    }
  }

  /** A resumed run and one that ran out of patience tell as much as any other. */
  @Test
  void howTheRunEndedChangesNothing() throws IOException {
    Object[] patient = {"--validation", "last:8", "--rate", "1e-30", "-e", 9, "--patience", 2};
    train(patient);
    Path moved = folder.resolve("moved");
    Files.move(data, moved);
    data = moved;
    Cnnc.Result result = reproduce("--validation", "last:8", "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("\"epoch\": 3, \"epochs\": 3")
        .endsWith(
            "{\"event\": \"reproduction\", \"file\": \""
                + weights
                + "\", \"bytes\": "
                + Files.size(weights)
                + "}\n");
  }

  @Test
  void aRunThatBeganWithOtherWeightsNeedsThem() throws IOException {
    train("--epochs", 1);
    Path first = weights;
    weights = folder.resolve("second.safetensors");
    train("--epochs", 1, "--init", first);
    Cnnc.train(model, data, weights, "--epochs", 2, "--resume");
    assertThat(reproduce("--init", first).exitCode()).isZero();
    expectRefused("it began with other parameters (--init): \"cnnc.init.sha256\" is ");
  }

  @Test
  void whatDoesNotMatchIsNamed() throws IOException {
    train("--validation", "last:8");
    expectRefused("the images are others (--data, --validation): \"cnnc.data.sha256\" is ");
    Object[] judged = {"--validation", "last:8"};
    Path pictures = TinyFiles.pictures(folder.resolve("pictures"), 5);
    Path both = data;
    data = pictures;
    expectRefused("the images are others", "--validation", "last:2");
    data = both;
    String text = Files.readString(model);
    Files.writeString(model, text.replace("momentum = 0.9", "momentum = 0.5"));
    expectRefused(
        "the model has another optimizer: \"cnnc.optimizer\" is sgd momentum 0.9", judged);
    Files.writeString(model, text.replace("conv(2,", "conv(3,"));
    expectRefused("the model is another one: \"cnnc.hash\" is ", judged);
  }

  private void change(String key, String value) throws IOException {
    Safetensors saved = Safetensors.read(weights);
    Map<String, String> metadata = new LinkedHashMap<>(saved.metadata());
    metadata.put(key, value);
    new Safetensors("", metadata, saved.tensors()).write(weights);
  }

  /** As of a cnnc that gave weights no digest yet. */
  @Test
  void olderWeightsAreReproduced() throws IOException {
    train();
    Safetensors saved = Safetensors.read(weights);
    Map<String, String> metadata = new LinkedHashMap<>(saved.metadata());
    assertThat(metadata.remove("cnnc.weights.sha256")).isNotNull();
    new Safetensors("", metadata, saved.tensors()).write(weights);
    assertThat(reproduce().out())
        .endsWith(": reproduced: the same " + Quantities.count(Files.size(weights)) + " bytes\n");
  }

  @Test
  void whatTheFileSaysMustMakeSense() throws IOException {
    train();
    byte[] sound = Files.readAllBytes(weights);
    for (List<String> wrong :
        List.of(
            List.of("cnnc.epochs", "0"),
            List.of("cnnc.batch", "99999"),
            List.of("cnnc.rate", "NaN"),
            List.of("cnnc.rate", "-1"),
            List.of("cnnc.seed", "x"))) {
      change(wrong.get(0), wrong.get(1));
      expectRefused(
          "expected a number for \"" + wrong.get(0) + "\", found \"" + wrong.get(1) + "\"\n");
      Files.write(weights, sound);
    }
    change("cnnc.taught", "5 examples");
    expectRefused("they were taught afterwards, in an app (cnnc.taught)\n");
    TinyFiles.save(weights, Safetensors.read(weights).tensors());
    expectRefused("it does not say \"cnnc.batch\"\n");
  }

  @Test
  void aRunThatWasStoppedWithinAnEpochIsToBeResumed() {
    train("--minutes", "1e-9");
    expectRefused(
        "their training was stopped within an epoch (cnnc.images); train --resume ends it\n");
  }

  @Test
  void theFirstTensorThatDiffersIsNamed() throws IOException {
    train();
    Safetensors saved = Safetensors.read(weights);
    Map<String, Tensor> tensors = new LinkedHashMap<>(saved.tensors());
    Tensor bias = tensors.get("conv1.bias");
    float[] values = bias.values().clone();
    float sound = values[1];
    values[1] = 0.25f;
    tensors.put("conv1.bias", Tensor.of(bias.dims(), values));
    new Safetensors("", saved.metadata(), tensors).write(weights);
    Cnnc.Result result = reproduce();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .endsWith(
            "error: "
                + weights
                + ": not reproduced: tensor \"conv1.bias\" is the first that differs, from element"
                + " 1 on: 0.25 in the file, "
                + sound
                + " here\n");
  }

  @Test
  void aResultThatIsNotTrueIsNamed() throws IOException {
    train("--validation", "last:8");
    String sound = Safetensors.readMetadata(weights).get("cnnc.validation.accuracy");
    change("cnnc.validation.accuracy", "0.999000");
    assertThat(reproduce("--validation", "last:8").err())
        .endsWith(
            ": not reproduced: the tensors are the same, but \"cnnc.validation.accuracy\" is"
                + " 0.999000 in the file, "
                + sound
                + " here\n");
  }

  @Test
  void wrongUsageIsTwo() {
    for (List<Object> wrong :
        List.<List<Object>>of(
            List.of("--epochs", 3), List.of("--out", folder.resolve("x")), List.of("--keep", 2))) {
      Cnnc.Result result = reproduce(wrong.toArray());
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err())
          .isEqualTo(
              "error: --reproduce takes all settings from its file, and writes none: beside it"
                  + " there are --data, --validation, --init, --threads, --no-tune and --json\ntry: cnnc train --help\n");
    }
    assertThat(Cnnc.run("train", model, "--data", data))
        .isEqualTo(
            new Cnnc.Result(
                2, "", "error: Missing required option: '--out=W'\ntry: cnnc train --help\n"));
  }
}
