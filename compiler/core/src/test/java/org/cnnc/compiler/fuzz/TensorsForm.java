package org.cnnc.compiler.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.cnnc.compiler.fuzz.ByteChanges.Field;

/** Safetensors: the length of a header in JSON, the header, the numbers. */
record TensorsForm(List<byte[]> examples) implements Form {
  private static final int START = 8;

  @Override
  public List<Field> fields(byte[] file) {
    return List.of(new Field(0, 8, ByteOrder.LITTLE_ENDIAN));
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"",
        "\\",
        "\\u0000",
        "\\ud800",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "-1",
        "0",
        "1e9",
        "00",
        "999999999999999999",
        "9223372036854775807",
        "\"F64\"",
        "\"F32\"",
        "\"F16\"",
        "\"BF16\"",
        "\"I64\"",
        "\"U8\"",
        "\"BOOL\"",
        "\"dtype\":",
        "\"shape\":[",
        "\"data_offsets\":[0,0]",
        "\"__metadata__\":{}",
        "\"images\"",
        "\"labels\"",
        "[1,1,1,1,1,1,1,1]",
        "null",
        " ",
        "é");
  }

  /** Changes the header alone, and says its new length. */
  @Override
  public byte[] changeParts(byte[] file, RandomGenerator random) {
    if (file.length < START) {
      return file;
    }
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > file.length - START) {
      return file;
    }
    byte[] header = Arrays.copyOfRange(file, START, START + (int) length);
    byte[] changed =
        random.nextBoolean()
            ? ByteChanges.withWord(header, words(), random)
            : ByteChanges.change(header, List.of(header), random);
    ByteBuffer lengthField = ByteBuffer.allocate(START).order(ByteOrder.LITTLE_ENDIAN);
    byte[] start = lengthField.putLong(changed.length).array();
    byte[] withHeader = ByteChanges.spliced(file, START, START + header.length, changed);
    System.arraycopy(start, 0, withHeader, 0, START);
    return withHeader;
  }
}
