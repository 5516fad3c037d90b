package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A heap of 64 MB, and in every form that data can have images that take more. That what is learnt
 * from a disk is what is learnt from memory, other tests show.
 */
class DataLargerThanTheHeapTest {
  private static final String NETWORK =
      """
      network Stripes {
          input image[1, 256, 256];
          scores = image -> avgpool(16) -> flatten -> fc(2);
          output answer = scores -> softmax;
          loss cross_entropy(answer);
          train { optimizer = sgd(rate = 0.001); batch = 16; epochs = 1; }
      }
      """;

  /** A form of each way of reading; all with {@code mvn -Pthorough verify}. */
  private static final Set<LargeData> FORMS =
      Boolean.getBoolean("cnnc.thorough")
          ? EnumSet.allOf(LargeData.class)
          : EnumSet.of(
              LargeData.PIXEL_TENSORS,
              LargeData.FLOAT_TENSORS,
              LargeData.CLASS_FOLDERS,
              LargeData.ZIPPED_TAR_OF_IDX);

  @TempDir private Path folder;

  @Test
  @Timeout(300)
  void areSurveyedLearntAndJudged() throws IOException, InterruptedException {
    Path network = TinyFiles.write(folder.resolve("stripes.net"), NETWORK);
    Path files = Files.createDirectory(folder.resolve("files"));
    List<String> commands = new ArrayList<>();
    for (LargeData form : FORMS) {
      assertThat(form.images() * form.imageBytes()).isGreaterThan(64L << 20);
      Path images = form.write(folder.resolve(form.name()));
      String[] train = {"train", "" + network, "--data", "" + images, "--out", "" + weights(form)};
      String[] eval = {
        "eval", "" + network, "--data", "" + images, "--weights", "" + weights(form)
      };
      String kept = "\t--data-folder\t" + files;
      commands.add(String.join("\t", "data", "" + images));
      commands.add(String.join("\t", train) + kept);
      commands.add(String.join("\t", eval) + kept);
    }
    Cnnc.Result result = withLittleMemory(commands);
    assertThat(result.exitCode()).as(result.err()).isZero();
    for (LargeData form : FORMS) {
      String kept =
          String.format(
              Locale.ROOT,
              ": %,d images of %,d bytes would fill Java's memory; they are kept on disk",
              form.images(),
              form.imageBytes());
      assertThat(result.err().lines().filter(line -> line.contains(kept) && isAbout(form, line)))
          .as("by train and by eval of %s, in: %s", form, result.err())
          .hasSize(2);
    }
    assertThat(result.out().lines().filter(line -> line.startsWith("epoch 1/1")))
        .hasSameSizeAs(FORMS);
    try (Stream<Path> left = Files.list(files)) {
      assertThat(left).isEmpty();
    }
    // The same images, in the same order.
    assertThat(learnt(LargeData.ZIPPED_TAR_OF_IDX))
        .hasSize(2 * 16 * 16)
        .isEqualTo(learnt(LargeData.PIXEL_TENSORS));
  }

  /** Messages name what the data lie in, or a file there. */
  private boolean isAbout(LargeData form, String message) {
    String place = folder.resolve(form.name()).toString();
    return message.startsWith(place + ":") || message.startsWith(place + File.separator);
  }

  private float[] learnt(LargeData form) throws IOException {
    return Safetensors.read(weights(form)).tensors().get("fc1.weight").values();
  }

  private Path weights(LargeData form) {
    return folder.resolve(form + ".weights.safetensors");
  }

  private Cnnc.Result withLittleMemory(List<String> commands)
      throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("commands.txt"), commands);
    Path results = folder.resolve("results.txt");
    Path messages = folder.resolve("messages.txt");
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Commands.class.getName(),
            file.toString());
    Process process =
        new ProcessBuilder(java)
            .redirectOutput(results.toFile())
            .redirectError(messages.toFile())
            .start();
    assertThat(process.waitFor(280, TimeUnit.SECONDS)).isTrue();
    return new Cnnc.Result(
        process.exitValue(), Files.readString(results), Files.readString(messages));
  }
}
