package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.SafetensorsException;
import org.cnnc.runtime.Tensor.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsFileTest {
  private static final int ROWS = 5;

  @TempDir private Path folder;

  /** The writer knows F32 alone. */
  private static byte[] start(String header) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer start = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    return start.putLong(json.length).put(json).array();
  }

  private static String entry(String name, ElementType type, long elements, long begin) {
    long end = begin + elements * type.bytes();
    return String.format(
        Locale.ROOT,
        "\"%s\":{\"dtype\":\"%s\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}",
        name,
        type,
        ROWS,
        elements / ROWS,
        begin,
        end);
  }

  /** Random bits, more than are read at once, behind another tensor. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void partsAreWhatTheWholeIs(ElementType type) throws IOException {
    int elements = 100_000;
    String header =
        "{" + entry("x", type, elements, 5) + "," + entry("y", ElementType.I8, 5, 0) + "}";
    byte[] data = new byte[5 + elements * type.bytes()];
    RandomSource random = RandomSource.of(type.bytes());
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) random.nextInt(256);
    }
    Path path = folder.resolve("x.safetensors");
    Files.write(path, start(header));
    Files.write(path, data, StandardOpenOption.APPEND);
    float[] whole = Safetensors.read(path).tensors().get("x").values();
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.names()).containsExactly("x", "y");
      assertThat(file.type("x")).isEqualTo(type);
      assertThat(file.dims("x")).isEqualTo(List.of(5, 20_000));
      for (int first : new int[] {80_000, 0, 37, 99_999}) {
        float[] part = new float[Math.min(70_000, elements - first)];
        file.read("x", first, part);
        assertThat(part).isEqualTo(Arrays.copyOfRange(whole, first, first + part.length));
      }
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> file.read("x", elements - 1, new float[2]));
      assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> file.type("z"));
    }
  }

  /** A sparse file: five times as many elements as an array can have, which no whole read takes. */
  @Test
  void aTensorMayBeLargerThanAnArray() throws IOException {
    long elements = ROWS * (1L << 31) - ROWS;
    byte[] start = start("{" + entry("x", ElementType.U8, elements, 0) + "}");
    Path path = folder.resolve("large.safetensors");
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(start));
      channel.write(ByteBuffer.wrap(new byte[] {7, 9}), start.length + elements - 2);
    }
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      float[] last = new float[3];
      file.read("x", elements - 3, last);
      assertThat(last).containsExactly(0, 7, 9);
    }
    assertThatExceptionOfType(SafetensorsException.class)
        .isThrownBy(() -> Safetensors.read(path))
        .withMessage(
            path + ", byte " + start.length + ": tensor \"x\" is too large: shape [5, 2147483647]");
  }

  @Test
  void anUnsoundOrShrinkingFileIsNamed() throws IOException {
    Path path = folder.resolve("x.safetensors");
    byte[] start = start("{" + entry("x", ElementType.U8, 10, 0) + "}");
    Files.write(path, start);
    assertThatExceptionOfType(SafetensorsException.class)
        .isThrownBy(() -> SafetensorsFile.open(path))
        .withMessageContaining("expected 10 bytes of tensors after the header, the file has 0");
    Files.write(path, new byte[10], StandardOpenOption.APPEND);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      Files.write(path, Arrays.copyOf(start, start.length + 4));
      float[] values = new float[10];
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> file.read("x", 0, values))
          .withMessage(
              path + ", byte " + (start.length + 4) + ": the file ended while it was read");
    }
  }
}
