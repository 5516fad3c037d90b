package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} and {@code step} against the formulas of a linear network, computed in double. */
class TensorCommandsTest {
  private static final Offset<Float> NEAR = within(2e-6f);
  private static final int PIXELS = 4;
  private static final int CLASSES = 3;

  @TempDir private Path folder;
  private Path model;
  private Path weights;
  private Path output;
  private Tensor weight;
  private Tensor bias;

  @BeforeEach
  void writeFiles() throws IOException {
    model = TinyFiles.write(folder.resolve("linear.net"), TinyFiles.LINEAR);
    weight = TinyFiles.random(11, CLASSES, PIXELS);
    bias = TinyFiles.random(12, CLASSES);
    weights =
        TinyFiles.save(
            folder.resolve("w.safetensors"), Map.of("fc1.weight", weight, "fc1.bias", bias));
    output = folder.resolve("out.safetensors");
  }

  private double[] scores(float[] images, int image) {
    double[] scores = new double[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      scores[k] = bias.values()[k];
      for (int p = 0; p < PIXELS; p++) {
        scores[k] += (double) weight.values()[k * PIXELS + p] * images[image * PIXELS + p];
      }
    }
    return scores;
  }

  private static double[] softmax(double[] scores) {
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score);
    }
    double[] result = new double[scores.length];
    for (int k = 0; k < scores.length; k++) {
      result[k] = Math.exp(scores[k]) / sum;
    }
    return result;
  }

  private Path images(int count) throws IOException {
    return TinyFiles.save(
        folder.resolve("in.safetensors"), Map.of("images", TinyFiles.random(13, count, 1, 2, 2)));
  }

  @Test
  void runWritesOutputsAndLogits() throws IOException {
    Path input = images(5);
    Cnnc.Result result =
        Cnnc.run("run", model, "--weights", weights, "--input", input, "--output", output, "-t", 2);
    assertThat(result).isEqualTo(new Cnnc.Result(0, "", "wrote " + output + "\n"));
    Map<String, Tensor> values = Safetensors.read(output).tensors();
    assertThat(values.keySet()).containsExactlyInAnyOrder("answer", "scores");
    assertThat(values.get("scores").dims()).containsExactly(5, CLASSES);
    float[] images = Safetensors.read(input).tensors().get("images").values();
    for (int image = 0; image < 5; image++) {
      double[] scores = scores(images, image);
      double[] answer = softmax(scores);
      for (int k = 0; k < CLASSES; k++) {
        int place = image * CLASSES + k;
        assertThat(values.get("scores").values()[place]).isCloseTo((float) scores[k], NEAR);
        assertThat(values.get("answer").values()[place]).isCloseTo((float) answer[k], NEAR);
      }
    }
  }

  @Test
  void runWritesTheValuesAskedFor() throws IOException {
    Cnnc.Result result =
        Cnnc.run(
            "run",
            model,
            "-w",
            weights,
            "-i",
            images(2),
            "-o",
            output,
            "--values",
            "image,flatten1,fc1");
    assertThat(result.err()).isEqualTo("wrote " + output + "\n");
    Map<String, Tensor> values = Safetensors.read(output).tensors();
    assertThat(values.keySet()).containsExactly("image", "flatten1", "fc1");
    assertThat(values.get("image").dims()).containsExactly(2, 1, 2, 2);
    assertThat(values.get("flatten1").values()).isEqualTo(values.get("image").values());
    assertThat(values.get("fc1").dims()).containsExactly(2, CLASSES);
  }

  @Test
  void unknownValuesAreNamed() throws IOException {
    Cnnc.Result result =
        Cnnc.run("run", model, "-w", weights, "-i", images(2), "-o", output, "--values", "score");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("no value \"score\"; did you mean \"scores\"?");
    assertThat(output).doesNotExist();
  }

  @Test
  void wrongTensorsAreNamedAndTheOldOutputStays() throws IOException {
    Files.writeString(output, "old");
    Path wrong = folder.resolve("wrong.safetensors");
    Map<String, String> problems = new HashMap<>();
    TinyFiles.save(wrong, Map.of("pictures", TinyFiles.random(1, 2, 1, 2, 2)));
    problems.put("none", run(wrong).err());
    TinyFiles.save(wrong, Map.of("images", TinyFiles.random(1, 2, 3, 2, 2)));
    problems.put("channels", run(wrong).err());
    TinyFiles.save(wrong, Map.of("images", TinyFiles.random(1, 2, 4)));
    problems.put("dimensions", run(wrong).err());
    assertThat(problems.get("none")).contains("expected a tensor \"images\", found [pictures]");
    assertThat(problems.get("channels"))
        .contains("expected shape [n, 1, 2, 2], found [2, 3, 2, 2]");
    assertThat(problems.get("dimensions")).contains("expected shape [n, 1, 2, 2], found [2, 4]");
    assertThat(problems.values()).allMatch(text -> text.startsWith("error: " + wrong));
    assertThat(output).hasContent("old");
  }

  @Test
  void valuesTooLargeForAFileAreAnErrorBeforeTheRun() throws IOException {
    TinyFiles.write(
        model, TinyFiles.LINEAR.replace("image ->", "image -> conv(40000, kernel = 1) ->"));
    Path input =
        TinyFiles.save(
            folder.resolve("in.safetensors"),
            Map.of("images", TinyFiles.random(13, 4000, 1, 2, 2)));
    TinyFiles.save(
        weights,
        Map.of(
            "conv1.weight", TinyFiles.random(1, 40000, 1, 1, 1),
            "conv1.bias", TinyFiles.random(2, 40000),
            "fc1.weight", TinyFiles.random(3, CLASSES, 160000),
            "fc1.bias", bias));
    Cnnc.Result result =
        Cnnc.run("run", model, "-w", weights, "-i", input, "-o", output, "--values", "conv1");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("4000 images give values of 2560000000 bytes, expected at most 2000000000");
    assertThat(output).doesNotExist();
  }

  private Cnnc.Result run(Path input) {
    return Cnnc.run("run", model, "-w", weights, "-i", input, "-o", output);
  }

  @Test
  void theOutputNeverReplacesWhatIsRead() throws IOException {
    byte[] before = Files.readAllBytes(weights);
    Cnnc.Result result = Cnnc.run("run", model, "-w", weights, "-i", images(2), "-o", weights);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("the output would replace what is read");
    assertThat(weights).hasBinaryContent(before);
  }

  private Path batches(Integer steps, Integer images, float... labels) throws IOException {
    return TinyFiles.save(
        folder.resolve("in.safetensors"),
        Map.of(
            "images", TinyFiles.random(13, steps, images, 1, 2, 2),
            "labels", Tensor.of(List.of(steps, images), labels)));
  }

  @Test
  void stepFollowsTheFormulas() throws IOException {
    Path input = batches(1, 2, 2, 0);
    Cnnc.Result result = Cnnc.run("step", model, "-w", weights, "-i", input, "-o", output);
    assertThat(result).isEqualTo(new Cnnc.Result(0, "", "wrote " + output + "\n"));
    Map<String, Tensor> after = Safetensors.read(output).tensors();
    assertThat(after.keySet())
        .containsExactlyInAnyOrder(
            "losses", "d_fc1.weight", "d_fc1.bias", "fc1.weight", "fc1.bias");
    float[] images = Safetensors.read(input).tensors().get("images").values();
    int[] labels = {2, 0};
    double loss = 0;
    double[] gradient = new double[CLASSES * PIXELS];
    for (int image = 0; image < 2; image++) {
      double[] probabilities = softmax(scores(images, image));
      loss -= Math.log(probabilities[labels[image]]) / 2;
      for (int i = 0; i < gradient.length; i++) {
        int k = i / PIXELS;
        double error = probabilities[k] - (k == labels[image] ? 1 : 0);
        gradient[i] += error * images[image * PIXELS + i % PIXELS] / 2;
      }
    }
    assertThat(after.get("losses").values()[0]).isCloseTo((float) loss, NEAR);
    for (int i = 0; i < gradient.length; i++) {
      float moved = (float) (weight.values()[i] - 0.5 * gradient[i]);
      assertThat(after.get("d_fc1.weight").values()[i]).isCloseTo((float) gradient[i], NEAR);
      assertThat(after.get("fc1.weight").values()[i]).isCloseTo(moved, NEAR);
    }
  }

  @Test
  void severalStepsGoDownAndThreadsChangeNoBit() throws IOException {
    Path input = batches(3, 2, 2, 0, 2, 0, 2, 0);
    Path other = folder.resolve("other.safetensors");
    Cnnc.run("step", model, "-w", weights, "-i", input, "-o", output, "--threads", 1);
    Cnnc.run("step", model, "-w", weights, "-i", input, "-o", other, "--threads", 3);
    assertThat(Safetensors.read(output).tensors().get("losses").dims()).containsExactly(3);
    assertThat(other).hasSameBinaryContentAs(output);
  }

  @Test
  void wrongBatchesAreNamed() throws IOException {
    assertThat(step(batches(1, 2, 3, 0)))
        .contains("tensor \"labels\", element 0: expected a class from 0 to 2, found 3.0");
    assertThat(step(batches(1, 2, 0.5f, 0))).contains("found 0.5");
    assertThat(step(batches(1, 2, 1, 0), "--batch", 1))
        .contains("batches of 2 images, expected at most 1");
    assertThat(output).doesNotExist();
  }

  private String step(Path input, Object... more) {
    Object[] first = {"step", model, "-w", weights, "-i", input, "-o", output};
    Object[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    Cnnc.Result result = Cnnc.run(all);
    assertThat(result.exitCode()).isEqualTo(1);
    return result.err();
  }
}
