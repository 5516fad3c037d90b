package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cnnc.training.data.TestData.labels;
import static org.cnnc.training.data.TestData.network;
import static org.cnnc.training.data.TestData.pixels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.data.ImageStore.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
  private static final int SIDE = 40;
  private static final int TRAINING = 701;
  private static final int TEST = 100;

  /** More than a write's buffer holds. */
  private static final int BYTES = TRAINING * SIDE * SIDE;

  @TempDir Path folder;
  private Path data;
  private Path files;
  private final List<String> messages = new ArrayList<>();

  @BeforeEach
  void writeData() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    files = Files.createDirectory(folder.resolve("files"));
    writeIdx("train", TRAINING);
    writeIdx("t10k", TEST);
  }

  private void writeIdx(String prefix, int count) throws IOException {
    RandomSource random = RandomSource.of(count);
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    while (images.hasRemaining()) {
      images.put((byte) random.nextInt(256));
    }
    while (labels.hasRemaining()) {
      labels.put((byte) random.nextInt(3));
    }
    Files.write(data.resolve(prefix + "-images-idx3-ubyte"), images.array());
    Files.write(data.resolve(prefix + "-labels-idx1-ubyte"), labels.array());
  }

  private ImageStore store(Place place) {
    return new ImageStore(place, files, messages::add);
  }

  private DataReader.Data read(ImageStore store, int height) throws IOException {
    return new DataReader(network(1, height, SIDE, ""), store).read(data);
  }

  private long filesThere() throws IOException {
    try (Stream<Path> there = Files.list(files)) {
      return there.count();
    }
  }

  @Test
  void imagesOnDiskAreThoseInMemory() throws IOException {
    for (int height : new int[] {SIDE, 17}) { // as they are, and fitted
      try (ImageStore memory = store(Place.MEMORY);
          ImageStore disk = store(Place.DISK)) {
        Dataset there = read(memory, height).training();
        Dataset here = read(disk, height).training();
        assertThat(there.isOnDisk()).isFalse();
        assertThat(here.isOnDisk()).isTrue();
        assertThat(here.size()).isEqualTo(TRAINING).isEqualTo(there.size());
        assertThat(here.description()).isEqualTo(there.description());
        assertThat(here.classes()).isEqualTo(there.classes());
        assertThat(labels(here)).isEqualTo(labels(there));
        for (int image : new int[] {0, 1, 3, 163, 164, 700, 350}) {
          assertThat(pixels(here, image)).isEqualTo(pixels(there, image));
        }
        assertThat(DatasetDigest.of(here, height * SIDE))
            .isEqualTo(DatasetDigest.of(there, height * SIDE));
      }
    }
  }

  @Test
  void partsOfImagesOnDiskAreOnDisk() throws IOException {
    try (ImageStore disk = store(Place.DISK)) {
      Dataset all = read(disk, SIDE).training();
      Dataset part = all.subset(new int[] {500, 2}, "two");
      assertThat(part.isOnDisk()).isTrue();
      assertThat(pixels(part, 0)).isEqualTo(pixels(all, 500));
    }
  }

  @Test
  void memoryIsTakenWhileItHasRoom() throws IOException {
    long room = BYTES + TRAINING * 24L;
    try (ImageStore store = new ImageStore(Place.AUTO, files, messages::add, room)) {
      DataReader.Data both = read(store, SIDE);
      assertThat(both.training().isOnDisk()).isFalse();
      assertThat(both.test().orElseThrow().isOnDisk()).isTrue();
      assertThat(messages)
          .containsExactly(
              data.resolve("t10k-images-idx3-ubyte")
                  + ": 100 images of 1,600 bytes would fill Java's memory; they are kept on disk"
                  + " while this runs, 160,000 bytes in "
                  + files);
    }
    try (ImageStore store = new ImageStore(Place.AUTO, files, messages::add, room - 1)) {
      DataReader.Data both = read(store, SIDE);
      assertThat(both.training().isOnDisk()).isTrue();
      assertThat(both.test().orElseThrow().isOnDisk()).isFalse();
    }
    try (ImageStore store = store(Place.AUTO)) {
      assertThat(read(store, SIDE).training().isOnDisk()).isFalse();
    }
    assertThat(messages).hasSize(2);
  }

  @Test
  void filesHaveGoneWhenTheStoreIsClosed() throws IOException {
    Dataset images;
    try (ImageStore store = store(Place.DISK)) {
      images = read(store, SIDE).training();
      assertThat(pixels(images, 0)).hasSize(SIDE * SIDE);
    }
    assertThat(filesThere()).isZero();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> pixels(images, 0))
        .havingCause()
        .isInstanceOf(DataException.class)
        .withMessage(
            files + ": the images kept here cannot be read any more: their file was closed");
    assertThat(messages.get(0))
        .isEqualTo(
            data.resolve("train-images-idx3-ubyte")
                + ": 701 images of 1,600 bytes are kept on disk while this runs, 1,121,600 bytes in "
                + files);
  }

  /** Then they cannot be left behind, whatever ends the process. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void filesHaveNoNameWhileTheyAreRead() throws IOException {
    try (ImageStore store = store(Place.DISK)) {
      assertThat(pixels(read(store, SIDE).training(), 5)).hasSize(SIDE * SIDE);
      assertThat(filesThere()).isZero();
    }
  }

  @Test
  void brokenDataLeaveNoFile() throws IOException {
    Path labels = data.resolve("train-labels-idx1-ubyte");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[bytes.length - 1] = 9;
    Files.write(labels, bytes);
    try (ImageStore store = store(Place.DISK)) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> read(store, SIDE))
          .withMessageContaining("expected a label from 0 to 2, found 9");
      assertThat(filesThere()).isZero();
    }
  }

  @Test
  void foldersThatCannotHoldTheImagesAreNamed() throws IOException {
    Path absent = folder.resolve("absent");
    assertRefused(absent, 10, absent + ": expected a folder to keep images in, there is none");
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused(file, 10, file + ": expected a folder to keep images in, this is none");
    assertRefused(
        files,
        1L << 50,
        files
            + ": the images need 1125899906842624000 bytes, \\d+ are free here; another folder for"
            + " them is chosen by --data-folder \\(Maven: dataFolder\\), or by -Djava.io.tmpdir");
    assertThat(messages).isEmpty();
  }

  private void assertRefused(Path place, long images, String message) throws IOException {
    try (ImageStore store = new ImageStore(Place.DISK, place, messages::add)) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> store.keep(data, images, 1000))
          .satisfies(e -> assertThat(e.getMessage()).matches(message));
    }
  }

  @Test
  void memoryAloneIsRefusedWhereItCannotDo() throws IOException {
    try (ImageStore store = store(Place.MEMORY)) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> store.keep(data, 1L << 50, 1000))
          .withMessageContaining("bytes of images, Java's memory is at most ")
          .withMessageEndingWith(
              "or take a part of the data, or keep them on disk (--data-in, Maven: dataIn)");
    }
  }

  @Test
  void tensorsOnDiskAreThoseInMemory() throws IOException {
    RandomSource random = RandomSource.of(3);
    float[] values = new float[5 * 2 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(-1, 1);
    }
    Path file = folder.resolve("data.safetensors");
    Map<String, Tensor> tensors =
        Map.of(
            "images", Tensor.of(List.of(5, 2, SIDE, SIDE), values),
            "labels", Tensor.of(List.of(5), new float[] {2, 0, 1, 1, 2}));
    new Safetensors("", Map.of(), tensors).write(file);
    try (ImageStore memory = store(Place.MEMORY);
        ImageStore disk = store(Place.DISK)) {
      ProgramInfo network = network(2, SIDE, SIDE, "");
      Dataset there = new DataReader(network, memory).read(file).training();
      Dataset here = new DataReader(network, disk).read(file).training();
      assertThat(there.isOnDisk()).isFalse();
      assertThat(here.isOnDisk()).isTrue();
      assertThat(here.description())
          .isEqualTo(there.description())
          .isEqualTo("data.safetensors, 5 images");
      assertThat(labels(here)).containsExactly(2, 0, 1, 1, 2).isEqualTo(labels(there));
      TestData.Copy copy = new TestData.Copy();
      for (int image : new int[] {3, 0, 4}) {
        here.read(image, copy);
        int elements = 2 * SIDE * SIDE;
        assertThat(copy.floats)
            .startsWith(Arrays.copyOfRange(values, image * elements, (image + 1) * elements));
      }
      assertThat(DatasetDigest.of(here, 2 * SIDE * SIDE))
          .isEqualTo(DatasetDigest.of(there, 2 * SIDE * SIDE));
      assertThat(messages)
          .containsExactly(
              file
                  + ": 5 images of 12,800 bytes are kept on disk while this runs, 64,000 bytes in "
                  + files);
    }
  }

  /** Java's writer has no bytes, so the file is written here. */
  @Test
  void tensorsOfPixelsOnDiskAreThoseInTheFile() throws IOException {
    String header =
        "{\"images\":{\"dtype\":\"U8\",\"shape\":[3,1,1,2],\"data_offsets\":[3,9]},"
            + "\"labels\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}";
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 9).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    bytes.put(new byte[] {1, 0, 2, 0, 1, 127, -128, -1, 7});
    Path file = Files.write(folder.resolve("pixels.safetensors"), bytes.array());
    for (Place place : new Place[] {Place.MEMORY, Place.DISK}) {
      try (ImageStore store = store(place)) {
        Dataset images = new DataReader(network(1, 1, 2, ""), store).read(file).training();
        assertThat(images.isOnDisk()).isEqualTo(place == Place.DISK);
        assertThat(labels(images)).containsExactly(1, 0, 2);
        assertThat(pixels(images, 0)).startsWith(0, 1);
        assertThat(pixels(images, 1)).startsWith(127, -128);
        assertThat(pixels(images, 2)).startsWith(-1, 7);
      }
    }
    assertThat(messages)
        .containsExactly(
            file + ": 3 images of 2 bytes are kept on disk while this runs, 6 bytes in " + files);
  }

  @Test
  void interruptedThreadsReadOn() throws IOException {
    try (ImageStore store = store(Place.DISK)) {
      Dataset images = read(store, SIDE).training();
      byte[] before = pixels(images, 7);
      Thread.currentThread().interrupt();
      assertThat(pixels(images, 7)).isEqualTo(before);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Arrays.equals(pixels(images, 8), before)).isFalse();
    }
  }

  /** The one that was interrupted learns it, and so do others, who could not know. */
  @Test
  @Timeout(60)
  void anInterruptThatClosesTheFileIsTold() throws Exception {
    try (ImageStore store = store(Place.DISK)) {
      Dataset images = read(store, SIDE).training();
      CompletableFuture<UncheckedIOException> told = new CompletableFuture<>();
      Thread reader = new Thread(() -> told.complete(readUntilItFails(images)));
      reader.start();
      while (!told.isDone()) { // until one comes while a read is under way
        reader.interrupt();
      }
      String why =
          files
              + ": the images kept here cannot be read any more: a thread was interrupted while it"
              + " read one, which closes the file";
      assertThat(told.get()).hasRootCauseInstanceOf(ClosedByInterruptException.class);
      assertThat(told.get().getCause()).hasMessage(why);
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> pixels(images, 0))
          .havingCause()
          .withMessage(why);
    }
  }

  private static UncheckedIOException readUntilItFails(Dataset images) {
    while (true) {
      try {
        pixels(images, 7);
      } catch (UncheckedIOException e) {
        return e;
      }
    }
  }
}
