package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cnnc.training.data.TestData.labels;
import static org.cnnc.training.data.TestData.pixels;
import static org.cnnc.training.data.TestData.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarBatchesTest {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  /** Images of one colour each, whose red is their label times ten. */
  private static byte[] batch(int... labels) {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    for (int label : labels) {
      byte[] record = new byte[RECORD];
      record[0] = (byte) label;
      Arrays.fill(record, 1, 1025, (byte) (10 * label));
      Arrays.fill(record, 1025, 2049, (byte) 200);
      Arrays.fill(record, 2049, RECORD, (byte) 255);
      batch.writeBytes(record);
    }
    return batch.toByteArray();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  @Test
  void batchesAreReadInOrderOfTheirNumbers() throws IOException {
    write("data_batch_1.bin", batch(1));
    write("data_batch_2.bin", batch(2, 0));
    write("data_batch_10.bin", batch(0));
    write("test_batch.bin", batch(2));
    DataReader.Data data = reader(3, 32, 32, "").read(folder);
    assertThat(labels(data.training())).containsExactly(1, 2, 0, 0);
    assertThat(data.training().description())
        .isEqualTo("data_batch_1.bin to data_batch_10.bin, 4 images");
    assertThat(labels(data.test().orElseThrow())).containsExactly(2);
    byte[] image = pixels(data.training(), 1);
    assertThat(image).hasSize(3072);
    assertThat(Arrays.copyOf(image, 1024)).containsOnly(20);
    assertThat(Arrays.copyOfRange(image, 1024, 2048)).containsOnly((byte) 200);
    Dataset grey = reader(1, 1, 1, "").read(folder.resolve("data_batch_1.bin")).training();
    assertThat(pixels(grey, 0))
        .containsExactly((byte) ((299 * 10 + 587 * 200 + 114 * 255 + 500) / 1000));
  }

  @Test
  void anArchiveOfBatchesIsReadInPlace() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/readme.html", new byte[3]);
    files.put("cifar-10-batches-bin/test_batch.bin", batch(2));
    files.put("cifar-10-batches-bin/data_batch_1.bin", batch(1, 0));
    write("c.tar.gz", ArchiveBytes.gzip(ArchiveBytes.tar(files)));
    DataReader.Data data = reader(3, 32, 32, "").read(folder.resolve("c.tar.gz"));
    assertThat(labels(data.training())).containsExactly(1, 0);
    assertThat(labels(data.test().orElseThrow())).containsExactly(2);
  }

  @Test
  void namesAreThoseOfTheMetaFile() throws IOException {
    write("data_batch_1.bin", batch(3, 9));
    write(
        "batches.meta.txt",
        "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    TestData.Notes notes = new TestData.Notes();
    DataReader.visit(folder, Optional.empty(), notes);
    assertThat(notes.formats).containsExactly("CIFAR-10");
    assertThat(notes.text)
        .hasToString(
            """
            data_batch_1.bin[a, b, c, d, e, f, g, h, i, j]
            data_batch_1.bin, image 0 is 3, 32 wide
            data_batch_1.bin, image 1 is 9, 32 wide
            """);
    assertRefused("data_batch_1.bin: expected 3 classes, found 10: [a, b, c, d, e, f, g, h, i, j]");
    DataReader words =
        reader(3, 1, 1, " \"j\" \"i\" \"h\" \"g\" \"f\" \"e\" \"d\" \"c\" \"b\" \"a\"");
    assertThat(labels(words.read(folder).training())).containsExactly(6, 0);
    write("batches.meta.txt", new byte[] {'a', '\n', 'b'});
    assertRefused("batches.meta.txt: expected 10 different names, one a line; found [a, b]");
  }

  @Test
  void brokenBatchesAreNamedWithPlaceAndExpectation() throws IOException {
    write("data_batch_1.bin", Arrays.copyOf(batch(1, 1), 2 * RECORD - 1));
    assertRefused("data_batch_1.bin, byte 3073: expected records of 3073 bytes, found 3072");
    write("data_batch_1.bin", new byte[0]);
    assertRefused("data_batch_1.bin, byte 0: expected records of 3073 bytes, found 0");
    write("data_batch_1.bin", batch(1, 3));
    assertRefused("data_batch_1.bin, byte 3073: expected a class from 0 to 2, found 3");
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 32, 32, "").read(folder))
        .withMessage(folder.resolve(message).toString());
  }

  @Test
  void mutatedBatchesGiveOnlyTheDeclaredException() throws IOException {
    int refused =
        TestData.refusedMutations(
            "CIFAR-10",
            batch(1, 2),
            400,
            bytes -> {
              try {
                write("data_batch_1.bin", bytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            () -> reader(3, 1, 1, "").read(folder));
    assertThat(refused).isGreaterThan(50);
  }
}
