package org.cnnc.compiler.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.cnnc.compiler.fuzz.ByteChanges.Field;

/** Zip: entries with headers of their own, a directory of them all, and its end. */
record ZipForm(List<byte[]> examples) implements Form {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR = 0x07064b50;

  /** Places and sizes of numbers behind the signature of a part. */
  private static final Map<Integer, int[][]> PARTS =
      Map.of(
          0x04034b50,
          new int[][] {{4, 2}, {6, 2}, {8, 2}, {14, 4}, {18, 4}, {22, 4}, {26, 2}, {28, 2}},
          0x02014b50,
          new int[][] {
            {4, 2}, {5, 1}, {6, 2}, {8, 2}, {10, 2}, {16, 4}, {20, 4}, {24, 4}, {28, 2}, {30, 2},
            {32, 2}, {34, 2}, {36, 2}, {38, 4}, {40, 2}, {42, 4}
          },
          END,
          new int[][] {{4, 2}, {6, 2}, {8, 2}, {10, 2}, {12, 4}, {16, 4}, {20, 2}},
          END64,
          new int[][] {{4, 8}, {12, 2}, {16, 4}, {24, 8}, {32, 8}, {40, 8}, {48, 8}},
          LOCATOR,
          new int[][] {{4, 4}, {8, 8}, {16, 4}});

  @Override
  public List<Field> fields(byte[] file) {
    List<Field> fields = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int place = 0; place + 4 <= file.length; place++) {
      for (int[] number : PARTS.getOrDefault(bytes.getInt(place), new int[0][])) {
        fields.add(new Field(place + number[0], number[1], ByteOrder.LITTLE_ENDIAN));
      }
    }
    return fields;
  }

  @Override
  public List<String> words() {
    return List.of(
        "../",
        "/",
        "\\",
        "C:",
        ".",
        "..",
        "./",
        "__MACOSX/",
        "\0",
        "PK\1\2",
        "PK\3\4",
        "PK\5\6",
        "PK\6\6",
        "PK\6\7",
        "a/",
        ".png",
        ".bmp",
        "train/",
        "test/",
        "-images-idx3-ubyte",
        "ä");
  }

  /** A name becomes another one of the same length, wherever it stands. */
  @Override
  public byte[] changeParts(byte[] file, RandomGenerator random) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    String from = ByteChanges.one(List.of("a/1.bmp", "b/2.png", "a/", "b/", "1.b", "/2"), random);
    char[] letters = from.toCharArray();
    String odd = "./\\\0:ab\u00ff\u0085";
    letters[random.nextInt(letters.length)] = odd.charAt(random.nextInt(odd.length()));
    letters[random.nextInt(letters.length)] = odd.charAt(random.nextInt(odd.length()));
    return text.replace(from, new String(letters)).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The end of the directory again says where that is. */
  @Override
  public byte[] mended(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int directory = signature(file, 0x02014b50);
    int end = signature(file, END);
    if (directory >= 0 && end > directory && end + END_SIZE <= file.length) {
      bytes.putInt(end + 12, end - directory);
      bytes.putInt(end + 16, directory);
      bytes.putShort(end + 20, (short) (file.length - end - END_SIZE));
    }
    return bytes.array();
  }

  private static int signature(byte[] file, int signature) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int place = 0; place + 4 <= file.length; place++) {
      if (bytes.getInt(place) == signature) {
        return place;
      }
    }
    return -1;
  }

  /** The archive with the second end and the locator that large ones have. */
  static byte[] large(byte[] zip) {
    int end = signature(zip, END);
    ByteBuffer old = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer file = ByteBuffer.allocate(zip.length + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
    file.put(zip, 0, end);
    file.putInt(END64).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0).putInt(0);
    file.putLong(old.getShort(end + 10)).putLong(old.getShort(end + 10));
    file.putLong(old.getInt(end + 12)).putLong(old.getInt(end + 16));
    file.putInt(LOCATOR).putInt(0).putLong(end).putInt(1);
    file.put(Arrays.copyOfRange(zip, end, zip.length));
    int newEnd = zip.length + 76 - END_SIZE;
    file.putShort(newEnd + 8, (short) -1).putShort(newEnd + 10, (short) -1);
    file.putInt(newEnd + 12, -1).putInt(newEnd + 16, -1);
    return file.array();
  }
}
