package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  @TempDir private Path all;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(all.resolve("shapes"));
  }

  private void picture(String name, int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb + i);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }

  /** Four pictures, two of which are the same in another format and another class. */
  private void writePictures(String where) throws IOException {
    picture(where + "dark/1.png", 8, 9, 1);
    picture(where + "dark/2.bmp", 20, 8, 2);
    picture(where + "light/1.png", 8, 8, 3);
    picture(where + "light/2.png", 20, 8, 2);
  }

  @Test
  void countsSizesAndCopiesAreTold() throws IOException {
    writePictures("");
    picture("dark/3.png", 8, 9, 1);
    Cnnc.Result result = Cnnc.run("data", folder);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            %1$s: 5 images, BMP 1, PNG 4

            class  images
            dark        3
            light       2

            pixels  min  median  max
            width     8       8   20
            height    8       8    9

            copies of other images: 2
            WARNING: the same image in different classes: 1
              %2$s/dark/2.bmp (dark) = %2$s/light/2.png (light)
              %2$s/dark/1.png (dark) = %2$s/dark/3.png (dark)
            """
                .formatted(folder.getFileName(), folder));
  }

  @Test
  void brokenFilesAreNamedAndTheOthersCounted() throws IOException {
    writePictures("");
    for (int i = 10; i < 22; i++) {
      Files.writeString(folder.resolve("light/" + i + ".gif"), "I am no picture");
    }
    Cnnc.Result result = Cnnc.run("data", folder);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .contains(
            """
            broken files: 12
              %s/light/10.gif: expected a PNG, JPEG, BMP or GIF picture, the content is none of them
            """
                .formatted(folder))
        .contains("19.gif")
        .doesNotContain("20.gif")
        .contains("  and 2 more\n")
        .contains("light       2\n");
  }

  @Test
  void whatIsLearntAndTestedIsFlagged() throws IOException {
    writePictures("train/");
    picture("test/dark/7.png", 8, 9, 1);
    Cnnc.Result result = Cnnc.run("data", folder);
    assertThat(result.out())
        .startsWith("train: 4 images, BMP 1, PNG 3\n")
        .contains("\ntest: 1 images, PNG 1\n")
        .contains(
            """
            WARNING: the same image to train and to test with: 1
              %1$s/train/dark/1.png (dark) = %1$s/test/dark/7.png (dark)
            """
                .formatted(folder));
  }

  @Test
  void programsCanReadAll() throws IOException {
    writePictures("");
    Files.writeString(folder.resolve("light/3.png"), "I am no picture");
    Cnnc.Result result = Cnnc.run("data", folder, "--json");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .isEqualTo(
            """
            {"event": "part", "name": "%1$s", "images": 4, \
            "classes": [{"class": "dark", "images": 2}, {"class": "light", "images": 2}], \
            "formats": [{"format": "BMP", "images": 1}, {"format": "PNG", "images": 3}], \
            "sides": [{"side": "width", "min": 8, "median": 8, "max": 20}, \
            {"side": "height", "min": 8, "median": 8, "max": 9}], \
            "broken": [{"problem": "%2$s/light/3.png: expected a PNG, JPEG, BMP or GIF picture, \
            the content is none of them"}]}
            {"event": "duplicates", "groups": [{"across_classes": true, "across_parts": false, \
            "images": [{"image": "%2$s/dark/2.bmp", "part": "%1$s", "class": "dark"}, \
            {"image": "%2$s/light/2.png", "part": "%1$s", "class": "light"}]}]}
            """
                .formatted(folder.getFileName(), folder));
  }

  @Test
  void digitsAreDescribedWithoutNames() throws IOException {
    TinyFiles.idx(folder, 5);
    Cnnc.Result result = Cnnc.run("data", folder);
    assertThat(result.out())
        .startsWith("train: 5 images, IDX 5\n\nclass  images\n0           3\n1           2\n")
        .endsWith("\nno image is there twice\n");
  }

  @Test
  void theSheetHasARowForEachClass() throws IOException {
    writePictures("");
    Path sheet = all.resolve("sheet.png");
    Cnnc.Result result = Cnnc.run("data", folder, "--sheet", sheet);
    assertThat(result.err()).isEqualTo("sheet: " + sheet + "\n");
    BufferedImage image = ImageIO.read(sheet.toFile());
    assertThat(image.getWidth()).isEqualTo(16 * 65 - 1);
    assertThat(image.getHeight()).isEqualTo(2 * 65 - 1);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xff000001);
    assertThat(image.getRGB(0, 65)).isEqualTo(0xff000003);
    assertThat(image.getRGB(2 * 65, 0)).isZero();

    Cnnc.Result again = Cnnc.run("data", folder, "--sheet", sheet);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).isEqualTo("error: " + sheet + ": exists; --force replaces it\n");

    Path nowhere = all.resolve("none/sheet.png");
    assertThat(Cnnc.run("data", folder, "--sheet", nowhere))
        .isEqualTo(
            new Cnnc.Result(
                1, "", "error: " + nowhere + ": there is no such folder to write it to\n"));

    Path model = TinyFiles.write(all.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    Cnnc.Result small = Cnnc.run("data", folder, model, "--sheet", sheet, "--force");
    assertThat(small.exitCode()).isZero();
    assertThat(ImageIO.read(sheet.toFile()).getHeight()).isEqualTo(2 * 9 - 1);
  }

  @Test
  void dataOfOtherClassesThanTheModelsAreAnError() throws IOException {
    writePictures("");
    picture("other/1.png", 8, 8, 7);
    Path model = TinyFiles.write(all.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    Cnnc.Result result = Cnnc.run("data", folder, model);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "error: " + folder + ": expected 2 class folders, found 3: [dark, light, other]\n");
  }

  @Test
  void tensorsAreDescribedByTheirShape() throws IOException {
    Path tensors = TinyFiles.tensors(folder.resolve("d.safetensors"), 3);
    Cnnc.Result result = Cnnc.run("data", tensors);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            d.safetensors: 3 images, F32 [1, 8, 8] 3

            class  images
            0           2
            1           1

            pixels  min  median  max
            width     8       8    8
            height    8       8    8

            no image is there twice
            """);
  }

  /** The third image is the first in another class; the last one nobody can learn from. */
  @Test
  void tensorsThatAreBrokenOrThereTwiceAreNamed() throws IOException {
    float[] values = new float[4 * 2 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 12 * 1e-9f; // the same to look at, all black
    }
    values[19] = Float.NaN;
    values[20] = Float.NEGATIVE_INFINITY;
    Map<String, Tensor> content = new LinkedHashMap<>();
    content.put("images", Tensor.of(List.of(4, 2, 1, 3), values));
    content.put("labels", Tensor.of(List.of(4), new float[] {0, 0, 7, 1}));
    Path tensors = TinyFiles.save(folder.resolve("d.safetensors"), content);
    Path sheet = all.resolve("sheet.png");
    Cnnc.Result result = Cnnc.run("data", tensors, "--sheet", sheet);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("d.safetensors: 3 images, F32 [2, 1, 3] 3\n")
        .contains(
            "broken files: 1\n  " + tensors + ": image 3: 2 of 6 numbers are not finite\n",
            "copies of other images: 1\nWARNING: the same image in different classes: 1\n  "
                + tensors
                + ", image 0 (0) = "
                + tensors
                + ", image 2 (7)\n");
    assertThat(ImageIO.read(sheet.toFile()).getHeight()).isEqualTo(2 * 65 - 1);
  }

  @Test
  void tensorsOfAnotherShapeThanTheModelsInputAreAnError() throws IOException {
    Path model = TinyFiles.write(all.resolve("linear.net"), TinyFiles.LINEAR);
    Path tensors = TinyFiles.tensors(folder.resolve("d.safetensors"), 3);
    assertThat(Cnnc.run("data", tensors, model).err())
        .isEqualTo(
            "error: "
                + tensors
                + ": tensor \"images\": expected shape [n, C, H, W] with [C, H, W] = [1, 2, 2],"
                + " found [3, 1, 8, 8]\n");
  }
}
