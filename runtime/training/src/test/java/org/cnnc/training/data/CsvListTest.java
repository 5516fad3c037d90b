package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cnnc.training.data.TestData.labels;
import static org.cnnc.training.data.TestData.pixels;
import static org.cnnc.training.data.TestData.reader;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cnnc.training.picture.PictureBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvListTest {
  private static final String LABELS = " \"tree\" \"person\" \"house\"";

  @TempDir Path folder;

  @BeforeEach
  void writePictures() throws IOException {
    Files.createDirectory(folder.resolve("p"));
    picture("p/1.png", 0xff0000);
    picture("p/2, \"two\".bmp", 0x00ff00);
    picture("3.png", 0x0000ff);
  }

  private void picture(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, rgb);
    String format = name.substring(name.lastIndexOf('.') + 1);
    Files.write(folder.resolve(name), PictureBytes.of(image, format));
  }

  private Path list(String text) throws IOException {
    return Files.writeString(folder.resolve("list.csv"), text);
  }

  @Test
  void labelsAreWordsOfTheNetwork() throws IOException {
    Path list =
        list(
            "\ufeffpath,label\r\np/1.png,house\r\n\"p/2, \"\"two\"\".bmp\",\"tree\"\r\n\r\n3.png , house");
    Dataset data = reader(3, 1, 1, LABELS).read(list).training();
    assertThat(data.description()).isEqualTo("list.csv, 3 pictures");
    assertThat(data.classes()).containsExactly("tree", "person", "house");
    assertThat(labels(data)).containsExactly(2, 0, 2);
    assertThat(pixels(data, 0)).containsExactly(-1, 0, 0);
    assertThat(pixels(data, 1)).containsExactly(0, -1, 0);
  }

  /** A picture that is none, and one that is not there, of four. */
  @Test
  void brokenAndMissingPicturesAreSkipped() throws IOException {
    Path broken = Files.writeString(folder.resolve("p/broken.png"), "this is no picture");
    Path list = list("p/1.png,house\np/broken.png,tree\np/none.png,tree\n3.png,person\n");
    List<String> told = new ArrayList<>();
    DataReader reader =
        reader(3, 1, 1, LABELS).skippingBroken(problem -> told.add(problem.getMessage()));
    Dataset data = reader.read(list).training();
    assertThat(data.description()).isEqualTo("list.csv, 2 pictures");
    assertThat(labels(data)).containsExactly(2, 1);
    assertThat(pixels(data, 1)).containsExactly(0, 0, -1);
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).startsWith(broken + ": ");
    assertThat(told.get(1))
        .isEqualTo(
            list
                + ": line 3: expected the picture "
                + folder.resolve("p/none.png")
                + ", there is none");
  }

  @Test
  void labelsAreNumbersOrClassesInOrderOfTheirNames() throws IOException {
    Path numbers = list("3.png,0\n./p/1.png,2\np/../3.png,0\n");
    Dataset data = reader(3, 1, 1, LABELS).read(numbers).training();
    assertThat(labels(data)).containsExactly(0, 2, 0);
    assertThat(data.classes()).isEmpty();
    Path names = list("file,kind\n3.png,z\np/1.png,x\n3.png,y\n");
    Dataset named = reader(3, 1, 1, LABELS).read(names).training();
    assertThat(labels(named)).containsExactly(2, 0, 1);
    assertThat(named.classes()).containsExactly("x", "y", "z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../x.png,0 | : line 1: expected a path inside of the list's folder, found \"../x.png\"",
        "p/../../x.png,0 | : line 1: expected a path inside of the list's folder, found \"p/../../x.png\"",
        "/x.png,0 | : line 1: expected a path inside of the list's folder, found \"/x.png\"",
        "3.png,3 | : line 1: expected a label from 0 to 2, found 3",
        "3.png,a | : expected 3 different labels, found 1: [a]",
        "3.png | : line 1: expected two values, path and label; found 1",
        "3.png,1,2 | : line 1: expected two values, path and label; found 3",
        "3.png, | : line 1: expected a path and a label, one of them is empty",
        "path,label | : expected rows of path,label, found none",
        "'\"3.png,1' | : line 1: expected the end of the quotes",
        "'\"3.png\"x,1' | : line 1: expected a comma or the end of the line behind the quotes",
      })
  void brokenListsAreNamedWithLineAndExpectation(String text, String message) throws IOException {
    Path list = list(text);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, LABELS).read(list))
        .withMessage(list + message);
  }

  @Test
  void missingPicturesAndOtherFilesAreNamed() throws IOException {
    Path missing = list("3.png,0\nnone.png,1\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, LABELS).read(missing))
        .withMessage(
            missing
                + ": line 2: expected the picture "
                + folder.resolve("none.png")
                + ", there is none");
    Path other = list("3.png,0\nlist.csv,1\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, LABELS).read(other))
        .withMessage(other + ": expected a picture: .png, .jpg, .jpeg, .bmp or .gif");
    Files.write(other, new byte[] {'3', (byte) 0xff});
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, LABELS).read(other))
        .withMessage(other + ": expected UTF-8 text");
  }

  @Test
  void mutatedListsGiveOnlyTheDeclaredException() throws IOException {
    byte[] sound = "path,label\n\"3.png\",\"0\"\np/1.png,2\n".getBytes(StandardCharsets.UTF_8);
    Path list = list("");
    int refused =
        TestData.refusedMutations(
            "CSV",
            sound,
            1000,
            bytes -> {
              try {
                Files.write(list, bytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            () -> reader(3, 1, 1, LABELS).read(list));
    assertThat(refused).isGreaterThan(200);
  }
}
