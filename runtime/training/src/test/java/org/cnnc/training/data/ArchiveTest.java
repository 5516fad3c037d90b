package org.cnnc.training.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cnnc.training.data.TestData.labels;
import static org.cnnc.training.data.TestData.pixels;
import static org.cnnc.training.data.TestData.reader;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.data.ImageStore.Place;
import org.cnnc.training.picture.PictureBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  @TempDir Path folder;

  private static byte[] png(int rgb) {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 2, 2, new int[] {rgb, rgb, rgb, rgb}, 0, 2);
    try {
      return PictureBytes.of(image, "png");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Three classes in a folder, and what programs leave beside the data. */
  private static Map<String, byte[]> pictures(String where) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(where + "tree/2.png", png(0x00ff00));
    files.put(where + "tree/1.png", png(0x0000ff));
    files.put(where + "house/a.png", png(0xff0000));
    files.put(where + "person/1.png", png(0xffffff));
    files.put("__MACOSX/tree/._1.png", new byte[9]);
    files.put(where + "tree/.DS_Store", new byte[5]);
    return files;
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private Path write(String kind, Map<String, byte[]> files) throws IOException {
    byte[] content =
        switch (kind) {
          case "zip" -> ArchiveBytes.zip(files);
          case "tar" -> ArchiveBytes.tar(files);
          default -> ArchiveBytes.gzip(ArchiveBytes.tar(files));
        };
    return write("d." + kind, content);
  }

  @ParameterizedTest
  @CsvSource({"zip,''", "tar,''", "tar.gz,''", "tgz,shapes/", "zip,shapes/", "tar,./shapes/"})
  void classFoldersAreReadInPlace(String kind, String where) throws IOException {
    Path archive = write(kind, pictures(where));
    Dataset data = reader(3, 1, 1, "").read(archive).training();
    assertThat(data.classes()).containsExactly("house", "person", "tree");
    assertThat(labels(data)).containsExactly(0, 1, 2, 2);
    assertThat(pixels(data, 2)).containsExactly(0, 0, -1);
    assertThat(pixels(data, 3)).containsExactly(0, -1, 0);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(archive);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "tar", "tar.gz"})
  void partsAndIdxFilesAreFoundAsInFolders(String kind) throws IOException {
    Map<String, byte[]> parts = pictures("d/train/");
    parts.put("d/test/tree/1.png", png(0));
    DataReader.Data data =
        reader(3, 1, 1, " \"tree\" \"person\" \"house\"").read(write(kind, parts));
    assertThat(data.training().size()).isEqualTo(4);
    assertThat(labels(data.test().orElseThrow())).containsExactly(0);

    byte[] images = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7, 9};
    byte[] numbers = {0, 0, 8, 1, 0, 0, 0, 2, 2, 1};
    Map<String, byte[]> idx = new LinkedHashMap<>();
    idx.put("m/train-images-idx3-ubyte.gz", ArchiveBytes.gzip(images));
    idx.put("m/train-labels-idx1-ubyte", numbers);
    Dataset digits = reader(1, 1, 1, "").read(write(kind, idx)).training();
    assertThat(labels(digits)).containsExactly(2, 1);
    assertThat(pixels(digits, 1)).containsExactly(9);
  }

  /** Room for one of the pictures; the others, and one that takes several pieces, are on disk. */
  @Test
  void whatIsInZippedTarsGoesToDiskWhereMemoryHasNoRoom() throws IOException {
    byte[] noise = new byte[256 * 256];
    new Random(1).nextBytes(noise);
    BufferedImage large = new BufferedImage(256, 256, BufferedImage.TYPE_BYTE_GRAY);
    large.getRaster().setDataElements(0, 0, 256, 256, noise);
    byte[] png = PictureBytes.of(large, "png");
    assertThat(png).hasSizeGreaterThan(1 << 16);
    Map<String, byte[]> files = pictures("");
    files.put("tree/3.png", png);
    Path archive = write("tar.gz", files);
    Path kept = Files.createDirectory(folder.resolve("kept"));
    List<String> messages = new ArrayList<>();
    long room = 2L * png(0).length;
    ProgramInfo network = TestData.network(3, 1, 1, "");
    try (ImageStore store = new ImageStore(Place.AUTO, kept, messages::add, room)) {
      Dataset data = new DataReader(network, store).read(archive).training();
      assertThat(messages)
          .first()
          .isEqualTo(
              archive
                  + ": the content would fill Java's memory; it is kept on disk while it is read,"
                  + " in "
                  + kept);
      Dataset there = reader(3, 1, 1, "").read(archive).training();
      assertThat(labels(data)).containsExactly(0, 1, 2, 2, 2).isEqualTo(labels(there));
      assertThat(DatasetDigest.of(data, 3)).isEqualTo(DatasetDigest.of(there, 3));
      assertThat(pixels(data, 3)).containsExactly(0, -1, 0);
    }
    try (var left = Files.list(kept)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void entriesThatTheFileIsTooSmallForAreRefused() throws IOException {
    byte[] tar = ArchiveBytes.tar(Map.of("tree/1.png", png(0)));
    byte[] size = "77777777777".getBytes(UTF_8);
    System.arraycopy(size, 0, tar, 124, size.length);
    int sum = 0;
    Arrays.fill(tar, 148, 156, (byte) ' ');
    for (int i = 0; i < 512; i++) {
      sum += tar[i] & 0xff;
    }
    byte[] checksum = String.format(Locale.ROOT, "%06o\0", sum).getBytes(UTF_8);
    System.arraycopy(checksum, 0, tar, 148, checksum.length);
    byte[] zipped = ArchiveBytes.gzip(tar);
    Path archive = write("d.tgz", zipped);
    assertRefused(
        archive,
        archive
            + ", byte 512: expected an entry of 8589934591 bytes, the "
            + zipped.length
            + " zipped ones of the file hold less");
  }

  @Test
  void theOnlyClassIsNoWrapping() throws IOException {
    Path archive = write("zip", Map.of("tree/1.png", png(1)));
    assertRefused(archive, archive + ": expected 3 class folders, found 1: [tree]");
  }

  @Test
  void aBrokenPictureIsNamedInsideOfItsArchive() throws IOException {
    Map<String, byte[]> files = pictures("");
    files.put("house/b.png", "no picture".getBytes(UTF_8));
    for (String kind : new String[] {"zip", "tar", "tgz"}) {
      Path archive = write(kind, files);
      assertRefused(
          archive,
          archive.resolve("house/b.png")
              + ": expected a PNG, JPEG, BMP or GIF picture, the content is none of them");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "../1.png, no way upwards",
    "tree/../../1.png, no way upwards",
    "/etc/1.png, no absolute path",
    "C:/1.png, no absolute path",
    "tree\\1.png, no backslash and no control character",
    "tree//1.png, a name between slashes",
    "tree/./1.png, a name between slashes",
  })
  void namesThatLeadElsewhereAreRefused(String name, String expected) throws IOException {
    for (String kind : new String[] {"zip", "tar", "tar.gz"}) {
      Map<String, byte[]> files = pictures("");
      files.put(name, png(1));
      Path archive = write(kind, files);
      assertRefused(archive, archive + ": entry \"" + name + "\": expected " + expected);
    }
  }

  @Test
  void entriesThatAreThereTwiceAreRefused() throws IOException {
    Map<String, byte[]> files = pictures("");
    byte[] tar = ArchiveBytes.tar(files);
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    twice.write(ArchiveBytes.tarEntry('0', "tree/1.png", png(3)));
    twice.write(tar);
    Path archive = write("d.tar", twice.toByteArray());
    String problem = ": expected each entry once, this is there twice";
    assertRefused(archive, archive.resolve("tree/1.png") + problem);

    byte[] zip = ArchiveBytes.renamed(ArchiveBytes.zip(files), "tree/2.png", "tree/1.png");
    Path zipped = write("d.zip", zip);
    assertRefused(zipped, zipped.resolve("tree/1.png") + problem);

    Map<String, byte[]> folderAndFile = pictures("");
    folderAndFile.put("tree/1.png/x.png", png(3));
    Path both = write("zip", folderAndFile);
    assertRefused(both, both.resolve("tree/1.png") + problem);
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6', 'S'})
  void linksAndDevicesInTarFilesAreRefused(char type) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(ArchiveBytes.tarEntry(type, "tree/0.png", new byte[0]));
    tar.write(ArchiveBytes.tar(pictures("")));
    Path archive = write("d.tar", tar.toByteArray());
    assertRefused(
        archive,
        archive.resolve("tree/0.png")
            + ": expected a file or a folder, this entry is a link or a device");
  }

  @Test
  void linksAndEncryptedEntriesInZipFilesAreRefused() throws IOException {
    byte[] zip = ArchiveBytes.zip(pictures(""));
    byte[] unix = ArchiveBytes.withDirectoryField(zip, 5, 3, 1);
    Path link = write("l.zip", ArchiveBytes.withDirectoryField(unix, 38, 0120777 << 16, 4));
    assertRefused(
        link,
        link.resolve("tree/2.png")
            + ": expected a file or a folder, this entry is a link or a device");
    Path secret = write("e.zip", ArchiveBytes.withDirectoryField(zip, 8, 9, 2));
    assertRefused(
        secret, secret.resolve("tree/2.png") + ": expected an entry that is not encrypted");
  }

  /** Names are checked when Java's reader opens the file, comments are not. */
  @Test
  void anEntryWithACommentThatIsNoTextIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry("tree/1.png");
      entry.setComment("abc");
      out.putNextEntry(entry);
      out.closeEntry();
    }
    byte[] zip = bytes.toByteArray();
    Path sound = write("s.zip", zip);
    assertRefused(sound, sound + ": expected 3 class folders, found 1: [tree]");
    zip[zip.length - 22 - 1] = (byte) 0xff;
    Path archive = write("c.zip", zip);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, "").read(archive))
        .withMessageStartingWith(archive + ": ")
        .withMessageMatching( // since some Java between 17 and 25 it is the file that is refused
            ".*: (broken entry of the zip file: malformed input|expected a zip file: invalid CEN"
                + " header [(]bad entry name or comment[)]).*");
  }

  /** Java's reader makes a table for as many as are told: of gigabytes, or of a negative size. */
  @Test
  void aZipFileThatTellsOfOtherEntriesThanItHasIsRefused() throws IOException {
    byte[] zip = ArchiveBytes.zip(pictures(""));
    Path large = write("l.zip", ArchiveBytes.large(zip, 6));
    assertThat(labels(reader(3, 1, 1, "").read(large).training())).containsExactly(0, 1, 2, 2);
    for (long entries : new long[] {5, 7, 1 << 28, 1L << 31, -1}) {
      Path odd = write("o.zip", ArchiveBytes.large(zip, entries));
      assertRefused(
          odd,
          odd
              + ", byte "
              + (zip.length - 22)
              + ": expected a directory of "
              + entries
              + " entries, as its end says, found 6");
    }
    zip[zip.length - 12] = 5;
    Path few = write("f.zip", zip);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, "").read(few))
        .withMessageEndingWith("expected a directory of 5 entries, as its end says, found 6");
    Path differing = write("d.zip", ArchiveBytes.large(zip, 6));
    byte[] bytes = Files.readAllBytes(differing);
    bytes[bytes.length - 12] = 4; // in both fields of the first end
    bytes[bytes.length - 11] = 0;
    Files.write(differing, bytes);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, "").read(differing))
        .withMessageEndingWith("that says what the other says");
  }

  @Test
  void contentThatIsNotWhatTheZipFileSaysIsRefused() throws IOException {
    byte[] zip = ArchiveBytes.zip(pictures(""));
    Path checksum = write("c.zip", ArchiveBytes.withDirectoryField(zip, 16, 0x12345678, 4));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, "").read(checksum))
        .withMessageStartingWith(
            checksum.resolve("tree/2.png")
                + ": expected content with the checksum 12345678, found ");
    Path bomb = write("b.zip", ArchiveBytes.withDirectoryField(zip, 24, 0x7fffffff, 4));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, "").read(bomb))
        .withMessageStartingWith(bomb.resolve("tree/2.png") + ": expected 2147483647 bytes, its ");
  }

  /** Of four pictures one with a wrong checksum, and one whose zipped bytes are none. */
  @Test
  void brokenPicturesOfAZipFileAreSkipped() throws IOException {
    byte[] zip = ArchiveBytes.withDirectoryField(ArchiveBytes.zip(pictures("")), 16, 0x12345678, 4);
    int content = new String(zip, ISO_8859_1).indexOf("house/a.png") + "house/a.png".length();
    zip[content] = 7; // a last block of deflate, of the kind that there is not
    Path archive = write("s.zip", zip);
    List<String> told = new ArrayList<>();
    Dataset data = skipping(told).read(archive).training();
    assertThat(labels(data)).containsExactly(1, 2);
    assertThat(pixels(data, 1)).containsExactly(0, 0, -1);
    assertThat(told).hasSize(2);
    assertThat(told.get(0))
        .startsWith(archive.resolve("house/a.png") + ": broken zipped data: invalid block type");
    assertThat(told.get(1))
        .startsWith(
            archive.resolve("tree/2.png")
                + ": expected content with the checksum 12345678, found ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar", "tar.gz"})
  void brokenPicturesOfATarFileAreSkipped(String kind) throws IOException {
    Map<String, byte[]> files = pictures("");
    files.put("tree/1.png", "this is no picture".getBytes(UTF_8));
    files.put("person/1.png", Arrays.copyOf(files.get("person/1.png"), 40));
    Path archive = write(kind, files);
    List<String> told = new ArrayList<>();
    Dataset data = skipping(told).read(archive).training();
    assertThat(labels(data)).containsExactly(0, 2);
    assertThat(data.description()).endsWith(", 2 pictures");
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).startsWith(archive.resolve("person/1.png") + ": ");
    assertThat(told.get(1)).startsWith(archive.resolve("tree/1.png") + ": ");
    files.put("tree/2.png", new byte[0]);
    Path mostlyBroken = write(kind, files);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> skipping(told).read(mostlyBroken))
        .withMessage(
            mostlyBroken + ": expected at most half of the pictures to be broken, found 3 of 4");
  }

  private static DataReader skipping(List<String> told) {
    return reader(3, 1, 1, "").skippingBroken(problem -> told.add(problem.getMessage()));
  }

  @Test
  void longNamesOfBothKindsOfTarAreRead() throws IOException {
    String deep = "tree/" + "x".repeat(150) + ".png";
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(ArchiveBytes.tarEntry('g', "global", "14 path=a.png\n".getBytes(UTF_8)));
    tar.write(ArchiveBytes.tarEntry('5', "tree/", new byte[0]));
    tar.write(ArchiveBytes.tarEntry('L', "././@LongLink", (deep + "\0").getBytes(UTF_8)));
    tar.write(ArchiveBytes.tarEntry('0', deep.substring(0, 100), png(0xff0000)));
    String other = deep.replace('x', 'y');
    String pax = "169 path=" + other + "\n11 size=" + png(0x00ff00).length + "\n";
    tar.write(ArchiveBytes.tarEntry('x', "PaxHeader", pax.getBytes(UTF_8)));
    tar.write(ArchiveBytes.tarEntry('0', other.substring(0, 100), png(0x00ff00)));
    tar.write(ArchiveBytes.tar(Map.of("a/1.png", png(0), "b/1.png", png(1))));
    Dataset data = reader(3, 1, 1, "").read(write("d.tar", tar.toByteArray())).training();
    assertThat(data.classes()).containsExactly("a", "b", "tree");
    assertThat(labels(data)).containsExactly(0, 1, 2, 2);
    assertThat(pixels(data, 2)).containsExactly(-1, 0, 0);
    assertThat(pixels(data, 3)).containsExactly(0, -1, 0);
  }

  /** They inflate to a thousand times their size, and could be read for hours. */
  @Test
  void headersWithoutEndAreRefused() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (int i = 0; i < 17; i++) {
      tar.write(ArchiveBytes.tarEntry('g', "global", new byte[0]));
    }
    tar.write(ArchiveBytes.tar(pictures("")));
    Path archive = write("d.tgz", ArchiveBytes.gzip(tar.toByteArray()));
    assertRefused(archive, archive + ", byte 8704: expected at most 16 headers about an entry");
  }

  @Test
  void truncatedArchivesAreRefused() throws IOException {
    for (String kind : new String[] {"zip", "tar", "tar.gz"}) {
      byte[] whole = Files.readAllBytes(write(kind, pictures("")));
      int step = Math.max(1, whole.length / 40);
      for (int length = 0;
          length < whole.length - (kind.equals("tar") ? 1024 : 40);
          length += step) {
        Path cut = write("cut." + kind, Arrays.copyOf(whole, length));
        assertThatExceptionOfType(DataException.class)
            .as("%s of %d bytes", kind, length)
            .isThrownBy(() -> reader(3, 1, 1, "").read(cut))
            .withMessageStartingWith(cut.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "tar", "tar.gz"})
  void mutatedArchivesGiveOnlyTheDeclaredException(String kind) throws IOException {
    Path archive = write(kind, pictures("d/"));
    byte[] sound = Files.readAllBytes(archive);
    int refused =
        TestData.refusedMutations(
            kind,
            sound,
            1000,
            bytes -> {
              try {
                Files.write(archive, bytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            () -> reader(3, 1, 1, "").read(archive));
    assertThat(refused).isGreaterThan(100);
  }

  private static void assertRefused(Path archive, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> reader(3, 1, 1, "").read(archive))
        .withMessage(message);
  }
}
