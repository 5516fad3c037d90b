package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class SummaryCommandTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
  }

  @Test
  void layersThatLearnAreNumbered() {
    Cnnc.Result result = Cnnc.run("summary", model);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith(
            """
            Tiny, input [1, 8, 8]

            layer     kind     output     theta  parameters  multiply-adds
            conv1     conv     [2, 8, 8]      1          20          1,152
            relu1     relu     [2, 8, 8]      0           0              0
            maxpool1  maxpool  [2, 4, 4]      0           0              0
            flatten1  flatten  [32]           0           0              0
            fc1       fc       [2]            2          66             64
            softmax1  softmax  [2]            0           0              0
            total                                        86          1,216

            """)
        .contains("\nmemory to train, batch 8: ")
        .contains("\nmemory to predict: ");
  }

  @Test
  void summaryCanBeReadByPrograms() {
    Cnnc.Result result = Cnnc.run("summary", model, "--json");
    assertThat(result.out())
        .hasLineCount(1)
        .startsWith("{\"network\": \"Tiny\", \"input\": [1, 8, 8], \"hash\": \"")
        .contains(
            "{\"layer\": \"conv1\", \"kind\": \"conv\", \"output\": [2, 8, 8], \"theta\": 1,"
                + " \"parameters\": 20, \"multiply_adds\": 1152}")
        .contains("\"parameters\": 86, \"multiply_adds\": 1216, \"batch\": 8, ");
  }

  @Test
  void largerBatchesTakeMoreMemory() {
    long small = trainingBytes(Cnnc.run("summary", model, "--json", "--batch", 2).out());
    long large = trainingBytes(Cnnc.run("summary", model, "--json", "--batch", 64).out());
    // The images alone: 62 more of 64 floats.
    assertThat(large).isGreaterThanOrEqualTo(small + 62 * 64 * 4);
  }

  @Test
  void thePlanStandsBesideWhatIsNeededAtOnce() {
    String json = Cnnc.run("summary", model, "--json").out();
    long needed = number(json, "training_lower_bound");
    // What every step of eight images holds at once: the images, and the largest value of one.
    assertThat(needed)
        .isBetween(
            8 * 64 * 4L + 2 * 64 * 4,
            trainingBytes(json) + number(json, "training_bytes_per_thread"));
    assertThat(number(json, "prediction_lower_bound")).isBetween(2 * 64 * 4L, needed);
    assertThat(Cnnc.run("summary", model).out())
        .contains(
            "at its fullest, " + String.format(Locale.ROOT, "%,d", needed) + " bytes are needed");
  }

  /** Vectors need room behind their rows, and other scratch. */
  @Test
  void eachTargetHasMemoryOfItsOwn() {
    String plain = Cnnc.run("summary", model, "--json").out();
    Cnnc.Result vector = Cnnc.run("summary", model, "--json", "--target", "vector");
    assertThat(vector.exitCode()).isZero();
    assertThat(number(vector.out(), "prediction_bytes_per_thread"))
        .isNotEqualTo(number(plain, "prediction_bytes_per_thread"));
    assertThat(Cnnc.run("summary", model, "--json", "--target", "plain").out()).isEqualTo(plain);
  }

  private static long number(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": (\\d+)").matcher(json);
    assertThat(matcher.find()).as(json).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void memoryIsDrawn() throws Exception {
    Path file = folder.resolve("arena.svg");
    Cnnc.Result result = Cnnc.run("summary", model, "--memory", file);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEqualTo("memory: " + file + "\n");
    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(svg.getTextContent())
        .contains("Tiny, a training step of 8 images")
        .contains("image: 2,048 bytes, conv1 to conv1.d_parameters") // of all eight
        .contains("conv1.weight.update");
  }

  @Test
  void aDrawingReplacesADrawingButNoFileOfTheUser() throws Exception {
    Path file = folder.resolve("arena.svg");
    Cnnc.run("summary", model, "--memory", file);
    assertThat(Cnnc.run("summary", model, "--memory", file).exitCode()).isZero();

    Files.writeString(file, "my own");
    Cnnc.Result refused = Cnnc.run("summary", model, "--memory", file);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains(file + ": exists and was not made by cnnc; choose another name, or remove it");
    assertThat(file).hasContent("my own");
  }

  private static long trainingBytes(String json) {
    return number(json, "training_bytes_shared");
  }
}
