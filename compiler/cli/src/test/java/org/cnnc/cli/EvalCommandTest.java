package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network whose logits are three times its first three inputs, on six images, all numbers by
 * hand. Probabilities of the logits (3, 0, 0): e^3 / (e^3 + 2) = 0.909443 and 0.045279; of (0, 0,
 * 0): a third, and the first class is said.
 *
 * <p>The definitions are those of scikit-learn: {@code precision = tp / (tp + fp)}, {@code recall =
 * tp / (tp + fn)}, {@code f1 = 2 tp / (2 tp + fp + fn)}, {@code confusion[i][j]} of class i taken
 * for j, {@code top_k_accuracy_score}; and, of Guo et al. (2017), the calibration error {@code sum
 * over ranges of n_r / n |accuracy_r - confidence_r|}.
 */
class EvalCommandTest {
  private static final float[] IMAGES = {
    1, 0, 0, 0, // says a, surely
    1, 0, 0, 0, // says a, surely, is c
    0, 1, 0, 0, // says b, surely
    0, 0, 0, 0, // says a, by chance, is b
    0, 0, 0, 0, // says a, by chance
    0, 0, 1, 0, // says c, surely, is a
  };

  @TempDir private Path folder;
  private Path model;
  private Path weights;
  private Path data;

  @BeforeEach
  void writeFiles() throws IOException {
    String text = TinyFiles.LINEAR.replace("softmax;", "softmax labels (\"a\", \"b\", \"c\");");
    model = TinyFiles.write(folder.resolve("linear.net"), text);
    weights =
        TinyFiles.save(
            folder.resolve("w.safetensors"),
            Map.of(
                "fc1.weight",
                Tensor.of(List.of(3, 4), new float[] {3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0}),
                "fc1.bias",
                Tensor.of(List.of(3), new float[3])));
    data = save(IMAGES, 0, 2, 1, 1, 0, 0);
  }

  private Path save(float[] images, float... labels) throws IOException {
    return TinyFiles.save(
        folder.resolve("data.safetensors"),
        Map.of(
            "images", Tensor.of(List.of(labels.length, 1, 2, 2), images),
            "labels", Tensor.of(List.of(labels.length), labels)));
  }

  private Cnnc.Result eval(Object... more) {
    Object[] first = {"eval", model, "--weights", weights, "--data", data, "--threads", 2};
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Cnnc.run(all);
  }

  @Test
  void allIsToldToPeople() {
    Cnnc.Result result = eval("--top", 2);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            accuracy 50.0 % (3 of 6 images), loss 1.4295
            right class among the first 2: 83.3 %

            class  images  precision  recall      f1
            a           3     50.0 %  66.7 %  57.1 %
            b           2    100.0 %  50.0 %  66.7 %
            c           1      0.0 %   0.0 %   0.0 %

            it is \\ said  a  b  c
            a             2  0  1
            b             1  1  0
            c             1  0  0

            expected calibration error 32.9 %: how far probability and accuracy are apart
            probability        images    mean  accuracy
            30.0 % to 40.0 %        2  33.3 %    50.0 %
            90.0 % to 100.0 %       4  90.9 %    50.0 %
            """);
  }

  @Test
  void allIsToldToPrograms() {
    String out = eval("--top", 2, "--json", "--mistakes", folder.resolve("m.png")).out();
    assertThat(out)
        .hasLineCount(1)
        .startsWith(
            "{\"event\": \"evaluation\", \"on\": \"images\", \"images\": 6, \"correct\": 3,"
                + " \"accuracy\": 0.500000, \"loss\": 1.42948")
        .contains(
            "{\"class\": \"a\", \"images\": 3, \"precision\": 0.500000, \"recall\": 0.666667,"
                + " \"f1\": 0.571429, \"said\": [2, 0, 1]}")
        .contains("\"top\": 2, \"top_accuracy\": 0.833333, \"calibration_error\": 0.32851")
        .contains(
            "{\"from\": 0.3, \"to\": 0.4, \"images\": 2, \"confidence\": 0.333333,"
                + " \"accuracy\": 0.500000}")
        .contains(
            "{\"from\": 0.4, \"to\": 0.5, \"images\": 0, \"confidence\": null,"
                + " \"accuracy\": null}")
        .contains(
            "\"mistakes\": [{\"image\": 1, \"class\": \"c\", \"probability\": 0.045279, \"said\":"
                + " \"a\", \"said_probability\": 0.909443}, {\"image\": 5, ")
        .endsWith("\"said_probability\": 0.333333}]}\n");
  }

  /** Cells of 48 pixels with a gap of one, between margins of 96 and 48. */
  @Test
  void theConfusionMatrixIsDrawn() throws IOException {
    Path file = folder.resolve("confusion.png");
    Cnnc.Result result = eval("--confusion", file);
    assertThat(result.err()).endsWith("confusion matrix: " + file + "\n");
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(96 + 3 * 49 + 48);
    assertThat(picture.getHeight()).isEqualTo(96 + 3 * 49);
    assertThat(rgb(picture, 96 + 49, 96)).isEqualTo(0x440154); // a is never taken for b
    assertThat(rgb(picture, 96, 96 + 2 * 49)).isEqualTo(0xfde725); // c always for a
  }

  /** Tiles of 120 x 176 pixels, 8 around each. */
  @Test
  void mistakesAreShownTheWorstOneFirst() throws IOException {
    Path file = folder.resolve("mistakes.png");
    Cnnc.Result result = eval("--mistakes", file);
    assertThat(result.err()).endsWith("mistakes: " + file + " (3 of 3)\n");
    BufferedImage sheet = ImageIO.read(file.toFile());
    assertThat(sheet.getWidth()).isEqualTo(8 + 3 * 128);
    assertThat(sheet.getHeight()).isEqualTo(8 + 120 + 56 + 8);
    assertThat(rgb(sheet, 8, 8)).isEqualTo(0xffffff); // image 1: 1 0 0 0
    assertThat(rgb(sheet, 8 + 119, 8)).isZero();
    assertThat(rgb(sheet, 8 + 128, 8 + 119)).isEqualTo(0xffffff); // image 5: 0 0 1 0
  }

  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xffffff;
  }

  @Test
  void withoutMistakesTheSheetIsEmpty() throws IOException {
    data = save(new float[] {1, 0, 0, 0}, 0);
    Path file = folder.resolve("mistakes.png");
    Cnnc.Result result = eval("--mistakes", file, "--json");
    assertThat(result.err()).endsWith("mistakes: " + file + " (0 of 0)\n");
    assertThat(result.out()).doesNotContain("\"mistakes\"");
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(8 + 128);
  }

  @Test
  void aPictureIsReplacedIfCnncMadeIt() throws IOException {
    Path file = folder.resolve("confusion.png");
    assertThat(eval("--confusion", file).exitCode()).isZero();
    byte[] first = Files.readAllBytes(file);
    assertThat(eval("--confusion", file).exitCode()).isZero();
    assertThat(file).hasBinaryContent(first);
    for (String option : List.of("--confusion", "--mistakes")) {
      Files.writeString(file, "mine");
      assertThat(eval(option, file))
          .isEqualTo(
              new Cnnc.Result(
                  1,
                  "",
                  "error: "
                      + file
                      + ": exists and was not made by cnnc; choose another name, or remove it\n"));
      assertThat(file).hasContent("mine");
    }
  }

  /** Twenty-one classes, of which the first is taken for the second. */
  @Test
  void ofManyClassesTheMostConfusedAreTold() throws IOException {
    TinyFiles.write(model, TinyFiles.LINEAR.replace("fc(3)", "fc(21)"));
    float[] bias = new float[21];
    bias[1] = 1;
    TinyFiles.save(
        weights,
        Map.of(
            "fc1.weight", Tensor.of(List.of(21, 4), new float[84]),
            "fc1.bias", Tensor.of(List.of(21), bias)));
    data = save(new float[12], 0, 0, 20);
    assertThat(eval().out())
        .contains(
            """

            it is  said  images
            0      1          2
            20     1          1

            """);
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(eval("--top", 0))
        .isEqualTo(
            new Cnnc.Result(
                2,
                "",
                "error: Invalid value for option '--top': expected at least 1\ntry: cnnc eval --help\n"));
  }
}
