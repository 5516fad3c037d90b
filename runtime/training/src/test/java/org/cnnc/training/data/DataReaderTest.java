package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cnnc.training.data.TestData.labels;
import static org.cnnc.training.data.TestData.mutated;
import static org.cnnc.training.data.TestData.pixels;
import static org.cnnc.training.data.TestData.reader;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataReaderTest {
  @TempDir Path folder;

  private static DataReader greyReader() {
    return reader(1, 2, 3, "");
  }

  // IDX

  private static byte[] idxImages(int... pixels) {
    ByteBuffer file = ByteBuffer.allocate(16 + pixels.length);
    file.putInt(0x803).putInt(pixels.length / 6).putInt(2).putInt(3);
    for (int pixel : pixels) {
      file.put((byte) pixel);
    }
    return file.array();
  }

  private static byte[] idxLabels(int... labels) {
    ByteBuffer file = ByteBuffer.allocate(8 + labels.length);
    file.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      file.put((byte) label);
    }
    return file.array();
  }

  private void writeIdx(String prefix, byte[] images, byte[] labels) throws IOException {
    Files.write(folder.resolve(prefix + "-images-idx3-ubyte"), images);
    Files.write(folder.resolve(prefix + "-labels-idx1-ubyte"), labels);
  }

  private static final int[] TWELVE = {1, 2, 3, 4, 5, 255, 7, 8, 9, 10, 11, 12};

  @Test
  void idxFilesAreReadPlainAndZippedFromFolderOrFile() throws IOException {
    writeIdx("t10k", idxImages(TWELVE), idxLabels(2, 0));
    Dataset plain = greyReader().read(folder).training();
    assertThat(labels(plain)).containsExactly(2, 0);
    assertThat(pixels(plain, 0)).containsExactly(1, 2, 3, 4, 5, -1);
    assertThat(plain.description()).isEqualTo("t10k, 2 images");

    Path zipped = Files.createDirectory(folder.resolve("zipped"));
    Path images = zipped.resolve("a-images-idx3-ubyte.gz");
    Files.write(images, ArchiveBytes.gzip(idxImages(TWELVE)));
    Files.write(zipped.resolve("a-labels-idx1-ubyte.gz"), ArchiveBytes.gzip(idxLabels(2, 0)));
    assertThat(pixels(greyReader().read(images).training(), 1))
        .containsExactly(7, 8, 9, 10, 11, 12);
  }

  @Test
  void trainAndTestFilesArePartsOfTheirOwn() throws IOException {
    writeIdx("t10k", idxImages(TWELVE), idxLabels(2, 0));
    writeIdx("train", idxImages(Arrays.copyOf(TWELVE, 6)), idxLabels(1));
    DataReader.Data data = greyReader().read(folder);
    assertThat(data.training().size()).isEqualTo(1);
    assertThat(data.test().orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void greyImagesAreFittedToTheInput() throws IOException {
    writeIdx("t10k", idxImages(TWELVE), idxLabels(2, 0));
    Dataset colour = reader(3, 2, 3, "").read(folder).training();
    assertThat(pixels(colour, 0))
        .containsExactly(1, 2, 3, 4, 5, -1, 1, 2, 3, 4, 5, -1, 1, 2, 3, 4, 5, -1);
    assertThat(pixels(reader(1, 1, 1, "").read(folder).training(), 0)).containsExactly(45);
  }

  @Test
  void brokenIdxFilesAreNamedWithPlaceAndExpectation() throws IOException {
    byte[] images = idxImages(TWELVE);
    assertIdxRefused(
        idxLabels(1),
        idxLabels(2, 0),
        "images-idx3-ubyte, byte 0: expected IDX images (magic 0x00000803), found 0x00000801");
    assertIdxRefused(
        Arrays.copyOf(images, 20),
        idxLabels(2, 0),
        "byte 20: expected a file of 28 bytes, found 20");
    assertIdxRefused(
        Arrays.copyOf(images, 29), idxLabels(2, 0), "expected a file of 28 bytes, found 29");
    assertIdxRefused(
        Arrays.copyOf(images, 10),
        idxLabels(2, 0),
        "byte 10: expected 2 more bytes, the file ends");
    assertIdxRefused(
        images,
        idxLabels(2),
        "labels-idx1-ubyte, byte 4: expected 2 labels, as many as images, found 1");
    assertIdxRefused(images, idxLabels(2, 3), "byte 9: expected a label from 0 to 2, found 3");
    byte[] huge = images.clone();
    huge[4] = 0x7f;
    assertIdxRefused(huge, idxLabels(2, 0), "found 28");
    huge[8] = 0x7f;
    assertIdxRefused(
        huge, idxLabels(2, 0), "byte 8: expected a height from 1 to 8192, found 2130706434");
  }

  @Test
  void zippedIdxFilesThatPromiseMoreThanTheyHoldAreRefused() throws IOException {
    byte[] huge = idxImages(TWELVE);
    huge[4] = 0x7f;
    byte[] zipped = ArchiveBytes.gzip(huge);
    Path file = Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), zipped);
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), idxLabels(2, 0));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> greyReader().read(folder))
        .withMessage(
            file
                + ", byte 4: expected 12784238604 bytes to follow, "
                + zipped.length
                + " zipped ones hold less");
  }

  private void assertIdxRefused(byte[] images, byte[] labels, String message) throws IOException {
    writeIdx("t10k", images, labels);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> greyReader().read(folder))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mutatedIdxFilesGiveOnlyTheDeclaredException(boolean zipped) throws IOException {
    String ending = zipped ? ".gz" : "";
    byte[] images = zipped ? ArchiveBytes.gzip(idxImages(TWELVE)) : idxImages(TWELVE);
    byte[] labels = zipped ? ArchiveBytes.gzip(idxLabels(2, 0)) : idxLabels(2, 0);
    Path imagesFile = folder.resolve("x-images-idx3-ubyte" + ending);
    Path labelsFile = folder.resolve("x-labels-idx1-ubyte" + ending);
    RandomSource random = RandomSource.of(9);
    int refused = 0;
    for (int round = 0; round < 700; round++) {
      Files.write(imagesFile, round % 3 == 0 ? images : mutated(images, random));
      Files.write(labelsFile, round % 3 == 1 ? labels : mutated(labels, random));
      try {
        assertThat(greyReader().read(imagesFile).training().size()).isPositive();
      } catch (DataException e) {
        refused++;
        assertThat(e).hasMessageContaining("idx");
      }
    }
    assertThat(refused).isGreaterThan(150);
  }

  // Class folders

  private static BufferedImage plain(int type, int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private void writePicture(String path, BufferedImage image) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    String format = path.substring(path.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }

  private void writeThreeClasses(String where) throws IOException {
    writePicture(where + "tree/1.png", plain(BufferedImage.TYPE_INT_RGB, 4, 5, 0xff00ff00));
    writePicture(where + "house/b.png", plain(BufferedImage.TYPE_INT_RGB, 9, 9, 0xffff0000));
    writePicture(where + "house/a.jpg", plain(BufferedImage.TYPE_INT_RGB, 8, 8, 0xff000000));
    writePicture(where + "person/1.PNG", plain(BufferedImage.TYPE_INT_ARGB, 2, 2, 0xff0000ff));
  }

  @Test
  void classesAreNumberedByTheNetworksLabels() throws IOException {
    writeThreeClasses("");
    Files.writeString(folder.resolve("tree/.hidden"), "no picture");
    Dataset data = reader(3, 1, 1, " \"tree\" \"person\" \"house\"").read(folder).training();
    assertThat(data.classes()).containsExactly("tree", "person", "house");
    assertThat(labels(data)).containsExactly(0, 1, 2, 2);
    assertThat(pixels(data, 0)).containsExactly(0, -1, 0);
    assertThat(pixels(data, 1)).containsExactly(0, 0, -1);
    assertThat(pixels(data, 2)).containsExactly(0, 0, 0);
    assertThat(pixels(data, 3)).containsExactly(-1, 0, 0);
  }

  @Test
  void otherClassesAreNumberedByTheOrderOfTheirNames() throws IOException {
    writeThreeClasses("");
    Dataset data = reader(1, 1, 1, " \"x\" \"y\" \"z\"").read(folder).training();
    assertThat(data.classes()).containsExactly("house", "person", "tree");
    assertThat(labels(data)).containsExactly(0, 0, 1, 2);
    assertThat(pixels(data, 3)).containsExactly((byte) 150);
  }

  @Test
  void trainAndTestFoldersArePartsOfTheirOwn() throws IOException {
    writeThreeClasses("train/");
    writePicture("test/house/1.png", plain(BufferedImage.TYPE_INT_RGB, 2, 2, 0xffffffff));
    DataReader.Data data = reader(3, 2, 2, " \"tree\" \"person\" \"house\"").read(folder);
    assertThat(data.training().size()).isEqualTo(4);
    assertThat(labels(data.test().orElseThrow())).containsExactly(2);
  }

  @Test
  void greyPicturesKeepTheirStoredLevels() throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 100);
    grey.getRaster().setSample(1, 0, 0, 200);
    writePicture("a/1.png", grey);
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 100 * 257);
    deep.getRaster().setSample(1, 0, 0, 65535);
    writePicture("b/1.png", deep);
    BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(1, 0, 0xffffffff);
    writePicture("c/1.png", bits);
    Dataset data = reader(1, 1, 2, "").read(folder).training();
    assertThat(pixels(data, 0)).containsExactly(100, (byte) 200);
    assertThat(pixels(data, 1)).containsExactly(100, (byte) 255);
    assertThat(pixels(data, 2)).containsExactly(0, (byte) 255);
  }

  @Test
  void unreadablePicturesAreNamed() throws IOException {
    writeThreeClasses("");
    Path text = Files.writeString(folder.resolve("tree/2.png"), "this is no picture");
    assertPicturesRefused(
        text + ": expected a PNG, JPEG, BMP or GIF picture, the content is none of them");
    Files.delete(text);
    Path other = Files.writeString(folder.resolve("tree/notes.txt"), "notes");
    assertPicturesRefused(other + ": expected a picture: .png, .jpg, .jpeg, .bmp or .gif");
    Files.delete(other);
    byte[] whole = Files.readAllBytes(folder.resolve("tree/1.png"));
    Path cut = Files.write(folder.resolve("tree/3.png"), Arrays.copyOf(whole, whole.length / 2));
    assertPicturesRefused(cut + ": broken or unsupported picture");
  }

  /** A header alone must not make us allocate: 300 MB for some hundred bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void headersThatPromiseMoreThanTheFileHoldsAreRefused(String format) throws IOException {
    BufferedImage image = plain(BufferedImage.TYPE_INT_RGB, 16, 16, 0xff00ff00);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    byte[] bytes = out.toByteArray();
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (format.equals("png")) {
      header.putInt(16, 9000).putInt(20, 9000);
      CRC32 crc = new CRC32();
      crc.update(bytes, 12, 17);
      header.putInt(29, (int) crc.getValue());
    } else {
      int frame = 0;
      while (header.getShort(frame) != (short) 0xffc0) {
        frame++;
      }
      header.putShort(frame + 5, (short) 9000).putShort(frame + 7, (short) 9000);
    }
    writeThreeClasses("");
    Path bomb = Files.write(folder.resolve("tree/0." + format), bytes);
    assertPicturesRefused(
        bomb
            + ": broken picture: its header says 9000 x 9000 pixels, "
            + bytes.length
            + " bytes cannot hold so many");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNoPicture() throws IOException, InterruptedException {
    writeThreeClasses("");
    Path pipe = folder.resolve("tree/0.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertPicturesRefused(pipe + ": expected a regular file, found another kind: a pipe, say");
  }

  private void assertPicturesRefused(String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 2, 2, "").read(folder))
        .withMessageStartingWith(message);
  }

  @Test
  void brokenPicturesAreSkippedWhereThatIsWanted() throws IOException {
    writeThreeClasses("");
    List<Path> broken = new ArrayList<>();
    List<String> told = new ArrayList<>();
    DataReader reader =
        reader(3, 2, 2, "").skippingBroken(problem -> told.add(problem.getMessage()));
    for (int i = 2; i < 6; i++) {
      broken.add(Files.writeString(folder.resolve("tree/" + i + ".png"), "this is no picture"));
    }
    Dataset data = reader.read(folder).training();
    assertThat(labels(data)).containsExactly(0, 0, 1, 2);
    assertThat(data.description()).endsWith(", 4 pictures");
    assertThat(told).hasSize(4).allMatch(text -> text.contains("the content is none of them"));
    assertThat(told.get(0)).startsWith(broken.get(0).toString());

    Files.writeString(folder.resolve("tree/6.png"), "this is no picture");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader.read(folder))
        .withMessage(folder + ": expected at most half of the pictures to be broken, found 5 of 9");
  }

  @Test
  void foldersWithoutClassesOrWithAnotherNumberAreRefused() throws IOException {
    assertPicturesRefused(folder + ": expected a folder of pictures for each class, found none");
    Files.createDirectory(folder.resolve("a"));
    assertPicturesRefused(folder + ": expected 3 class folders, found 1: [a]");
    Files.createDirectory(folder.resolve("b"));
    Files.createDirectory(folder.resolve("c"));
    assertPicturesRefused(folder + ": expected pictures in the class folders, found none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void mutatedPicturesGiveOnlyTheDeclaredException(String format) throws IOException {
    BufferedImage image = new BufferedImage(5, 5, BufferedImage.TYPE_INT_RGB);
    RandomSource random = RandomSource.of(11);
    for (int i = 0; i < 25; i++) {
      image.setRGB(i % 5, i / 5, (int) random.nextLong());
    }
    writePicture("a/1." + format, image);
    byte[] sound = Files.readAllBytes(folder.resolve("a/1." + format));
    Path file = folder.resolve("x." + format);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      Files.write(file, mutated(sound, random));
      try {
        assertThat(PictureFiles.read(file).argb()).isNotEmpty();
      } catch (DataException e) {
        refused++;
        assertThat(e).hasMessageContaining("x." + format);
      }
    }
    assertThat(refused).isGreaterThan(20);
  }

  // Safetensors and the rest

  private Path writeTensors(Map<String, Tensor> tensors) throws IOException {
    Path file = folder.resolve("d.safetensors");
    new Safetensors("d", Map.of(), tensors).write(file);
    return file;
  }

  @Test
  void floatTensorsAreTakenAsTheyAre() throws IOException {
    float[] values = {0.5f, -1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    Path file =
        writeTensors(
            Map.of(
                "images", Tensor.of(List.of(2, 1, 2, 3), values),
                "labels", Tensor.of(List.of(2), new float[] {2, 1})));
    Dataset data = greyReader().read(file).training();
    TestData.Copy copy = new TestData.Copy();
    data.read(0, copy);
    assertThat(copy.floats).startsWith(0.5f, -1, 2);
    data.read(1, copy);
    assertThat(copy.floats).containsExactly(6, 7, 8, 9, 10, 11);
    assertThat(labels(data)).containsExactly(2, 1);
  }

  @Test
  void misfittingTensorsAreNamed() throws IOException {
    Tensor images = Tensor.of(List.of(1, 1, 2, 3), new float[6]);
    assertTensorsRefused(Map.of("images", images), "expected a tensor \"labels\", found [images]");
    assertTensorsRefused(
        Map.of(
            "images", Tensor.of(List.of(1, 1, 3, 2), new float[6]),
            "labels", Tensor.of(List.of(1), new float[1])),
        "tensor \"images\": expected shape [n, C, H, W] with [C, H, W] = [1, 2, 3], found [1, 1, 3, 2]");
    assertTensorsRefused(
        Map.of("images", images, "labels", Tensor.of(List.of(2), new float[2])),
        "tensor \"labels\": expected shape [1], found [2]");
    assertTensorsRefused(
        Map.of("images", images, "labels", Tensor.of(List.of(1), new float[] {0.5f})),
        "tensor \"labels\", element 0: expected a class from 0 to 2, found 0.5");
  }

  private void assertTensorsRefused(Map<String, Tensor> tensors, String message)
      throws IOException {
    Path file = writeTensors(tensors);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> greyReader().read(file))
        .withMessage(file + ": " + message);
  }

  @Test
  void unknownFormsOfDataAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("data.txt"), "1 2 3");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> greyReader().read(text))
        .withMessageContaining(
            "expected a folder, an archive (.zip, .tar, .tar.gz, .tgz), a file named");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> greyReader().read(folder.resolve("missing")))
        .withMessageContaining("there is no such file or folder");
  }
}
