package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnc.runtime.Tensor.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  private static Safetensors sample() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("cnnc.hash", "12ab");
    metadata.put("text \"quoted\"", "line\nbreak, tab\t, back\\slash, \u00fc");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z.weight", Tensor.of(List.of(2, 3), new float[] {1, 2, 3, 4, 5, -0f}));
    tensors.put("a.bias", Tensor.of(List.of(), new float[] {Float.NaN}));
    tensors.put("empty", Tensor.of(List.of(0, 7), new float[0]));
    return new Safetensors("sample", metadata, tensors);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("w.safetensors");
    sample().write(file);
    Safetensors read = Safetensors.read(file);
    assertThat(read.metadata()).containsExactlyEntriesOf(sample().metadata());
    assertThat(read.tensors().keySet()).containsExactly("z.weight", "a.bias", "empty");
    sample()
        .tensors()
        .forEach(
            (name, tensor) -> {
              assertThat(read.tensors().get(name).dims()).isEqualTo(tensor.dims());
              assertThat(read.tensors().get(name).values()).isEqualTo(tensor.values());
            });
    assertThat(Safetensors.read(new ByteArrayInputStream(sample().toBytes()), "s").toBytes())
        .isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void bytesAreThoseOfTheReferenceImplementation() {
    Safetensors one =
        new Safetensors("", Map.of(), Map.of("x", Tensor.of(List.of(1), new float[] {1f})));
    byte[] header =
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}      "
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer expected =
        ByteBuffer.allocate(8 + 56 + 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(56)
            .put(header, 0, 56)
            .putFloat(1f);
    assertThat(one.toBytes()).isEqualTo(expected.array());
  }

  @Test
  void metadataAreReadWithoutTheTensors() throws IOException {
    Path file = folder.resolve("w.safetensors");
    sample().write(file);
    assertThat(Safetensors.readMetadata(file)).containsExactlyEntriesOf(sample().metadata());

    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1)); // its size is checked all the same
    assertThatExceptionOfType(SafetensorsException.class)
        .isThrownBy(() -> Safetensors.readMetadata(file))
        .withMessageContaining("expected 28 bytes of tensors after the header, the file has 27");
    assertThatExceptionOfType(SafetensorsException.class)
        .isThrownBy(() -> Safetensors.readMetadata(folder))
        .withMessageContaining("found a folder");
  }

  @Test
  void replacesAFileWholeAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.writeString(file, "old");
    sample().write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(sample().toBytes());
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
  }

  @Test
  void aFailedWriteLeavesTheFolderAsItWas() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.createDirectories(file.resolve("in the way"));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> sample().write(file));
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
    assertThat(file.resolve("in the way")).isDirectory();
  }

  @Test
  void otherElementTypesBecomeFloats() throws IOException {
    assertThat(readElements("F64", 8, data -> data.putDouble(1.5).putDouble(-2)))
        .isEqualTo(floats(1.5f, -2));
    assertThat(readElements("I64", 8, data -> data.putLong(7).putLong(-9)))
        .isEqualTo(floats(7, -9));
    assertThat(readElements("I32", 4, data -> data.putInt(7).putInt(-9))).isEqualTo(floats(7, -9));
    assertThat(readElements("U8", 1, data -> data.put((byte) 7).put((byte) 200)))
        .isEqualTo(floats(7, 200));
    assertThat(readElements("I8", 1, data -> data.put((byte) 7).put((byte) 200)))
        .isEqualTo(floats(7, -56));
    assertThat(
            readElements("BF16", 2, data -> data.putShort((short) 0x3fc0).putShort((short) 0xc000)))
        .isEqualTo(floats(1.5f, -2));
    assertThat(
            readElements("F16", 2, data -> data.putShort((short) 0x3e00).putShort((short) 0xc000)))
        .isEqualTo(floats(1.5f, -2));
  }

  /** The definition: sign, five bits of exponent with bias 15, ten bits of fraction. */
  @Test
  void allHalvesAreExact() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      double fraction = (bits & 1023) / 1024.0;
      double size =
          exponent == 0 ? fraction * 0x1p-14 : (1 + fraction) * StrictMath.pow(2, exponent - 15);
      if (exponent == 31) {
        size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }
      assertThat(Tensor.ElementType.halfToFloat((short) bits))
          .isEqualTo(Float.valueOf((float) (bits >= 1 << 15 ? -size : size)));
    }
  }

  private static float[] floats(float... values) {
    return values;
  }

  private interface Filler {
    ByteBuffer fill(ByteBuffer data);
  }

  private static float[] readElements(String dtype, int bytes, Filler filler) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2 * bytes).order(ByteOrder.LITTLE_ENDIAN);
    filler.fill(data);
    String header =
        "{\"x\":{\"dtype\":\""
            + dtype
            + "\",\"shape\":[2],\"data_offsets\":[0,"
            + 2 * bytes
            + "]}}";
    Tensor tensor = Safetensors.read(file(header, data.array()), "f").tensors().get("x");
    assertThat(tensor.type()).isEqualTo(ElementType.valueOf(dtype));
    return tensor.values();
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "[]|byte 8: expected '{'",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|expected 8 bytes for F32[2]",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|expected tensor \"x\" to begin here",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}|expected 12 bytes of tensors",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|expected 4 bytes of tensors",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|gap or overlap",
        "{\"x\":{\"dtype\":\"Q4\",\"shape\":[2],\"data_offsets\":[0,8]}}|expected a dtype of",
        "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}|expected shape and two data_offsets",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999,99999999999],\"data_offsets\":[0,8]}}|is too large",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,0]}}|is too large",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}|expected a whole number",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[02],\"data_offsets\":[0,8]}}|expected a whole number",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"x\":{}}|is there twice",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}|expected '}'",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} x|expected the end of the header",
        "{\"__metadata__\":{\"a\":1}}|expected '\"'",
        "{\"\\q\":{}}|unknown escape",
      })
  void brokenHeadersAreRefused(String header, String message) {
    assertThatExceptionOfType(SafetensorsException.class)
        .isThrownBy(() -> Safetensors.read(file(header, new byte[8]), "file.safetensors"))
        .withMessageStartingWith("file.safetensors, byte ")
        .withMessageContaining(message);
  }

  @Test
  void hugeHeaderLengthIsRefusedBeforeAnythingIsAllocated() {
    byte[] bytes = file("{}", new byte[0]);
    bytes[5] = 1;
    assertThatExceptionOfType(SafetensorsException.class)
        .isThrownBy(() -> Safetensors.read(bytes, "f"))
        .withMessage(
            "f, byte 0: expected the length of a safetensors header, at most 2, found 1099511627778");
  }

  @Test
  void foldersAndTextsAreNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "hello");
    assertThatExceptionOfType(SafetensorsException.class)
        .isThrownBy(() -> Safetensors.read(text))
        .withMessageContaining("text, byte 0: expected a safetensors file of at least 8 bytes");
    assertThatExceptionOfType(SafetensorsException.class)
        .isThrownBy(() -> Safetensors.read(folder))
        .withMessageContaining("found a folder");
  }

  @Test
  void truncatedOrMutatedFilesGiveOnlyTheDeclaredException() throws IOException {
    byte[] sound = sample().toBytes();
    RandomSource random = RandomSource.of(20);
    int refused = 0;
    for (int round = 0; round < 5000; round++) {
      byte[] bytes =
          round % 4 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
      for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Safetensors.read(bytes, "f").tensors()).isNotNull();
      } catch (SafetensorsException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("f, byte ");
      }
    }
    assertThat(refused).isBetween(1000, 5000);
  }

  /** 64 GiB of zeros, for which a disk needs no room; in memory they are four times as many. */
  @Test
  void moreNumbersThanMemoryHasAreRefusedBeforeAnyIsRead() throws IOException {
    long elements = 5 * 429_496_729L;
    int tensors = 32;
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < tensors; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append("\"t" + i + "\":{\"dtype\":\"U8\",\"shape\":[5,429496729],\"data_offsets\":[")
          .append(i * elements + "," + (i + 1) * elements + "]}");
    }
    byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("large.safetensors");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      channel.write(length.putLong(json.length).flip());
      channel.write(ByteBuffer.wrap(json));
      channel.write(ByteBuffer.allocate(1), 8 + json.length + tensors * elements - 1);
    }
    assertThatExceptionOfType(SafetensorsException.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessage(
            file
                + ", byte 0: its tensors are 68719476640 numbers, four bytes each in memory; Java's"
                + " memory is at most "
                + Runtime.getRuntime().maxMemory()
                + " bytes (-Xmx in JAVA_TOOL_OPTIONS allows more)");
    assertThat(Safetensors.readMetadata(file)).isEmpty();
  }

  /** The same numbers 600 times: more bytes than an array holds. */
  @Test
  void filesMayBeLargerThanArrays() throws IOException {
    Tensor tensor = Tensor.of(List.of(1 << 20), new float[1 << 20]);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 600; i++) {
      tensors.put("t" + i, tensor);
    }
    CountingStream out = new CountingStream();
    SafetensorsWriter.write(Map.of(), tensors, out);
    long data = 600 * (4L << 20);
    assertThat(out.start())
        .contains("\"data_offsets\":[" + (data - (4 << 20)) + "," + data + "]}}");
    long header = ByteBuffer.wrap(out.first, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(out.count).isEqualTo(8 + header + data).isGreaterThan(Integer.MAX_VALUE);
  }

  /** Keeps the first piece, and counts. */
  private static final class CountingStream extends OutputStream {
    private byte[] first = {};
    private long count;

    @Override
    public void write(int b) {
      throw new AssertionError("a single byte");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      first = count == 0 ? Arrays.copyOfRange(bytes, offset, offset + length) : first;
      count += length;
    }

    String start() {
      return new String(first, StandardCharsets.UTF_8);
    }
  }
}
