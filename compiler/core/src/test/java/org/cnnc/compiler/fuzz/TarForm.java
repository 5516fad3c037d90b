package org.cnnc.compiler.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Tar: blocks of 512 bytes, one before each entry, its numbers in octal digits. */
record TarForm(List<byte[]> examples) implements Form {
  private static final int BLOCK = 512;
  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final String TYPES = "0123457xgLKSV\0 ";

  @Override
  public List<String> words() {
    return List.of(
        "../",
        "/",
        "\\",
        "./",
        "..",
        "\0",
        "ustar\00000",
        "ustar  \0",
        "12 path=a/b.bmp\n",
        "9 size=7\n",
        "20 size=99999999999999\n",
        "00000000000",
        "77777777777",
        "a/",
        ".bmp");
  }

  private static List<Integer> headers(byte[] file) {
    List<Integer> headers = new ArrayList<>();
    for (int place = 0; place + BLOCK <= file.length; place += BLOCK) {
      String magic = new String(file, place + MAGIC, 5, StandardCharsets.ISO_8859_1);
      if (magic.equals("ustar")) {
        headers.add(place);
      }
    }
    return headers;
  }

  @Override
  public byte[] changeParts(byte[] file, RandomGenerator random) {
    List<Integer> headers = headers(file);
    if (headers.isEmpty()) {
      return file;
    }
    byte[] changed = file.clone();
    int header = ByteChanges.one(headers, random);
    int other = ByteChanges.one(headers, random);
    switch (random.nextInt(7)) {
      case 0 -> changed[header + TYPE] = (byte) TYPES.charAt(random.nextInt(TYPES.length()));
      case 1 -> put(changed, header + SIZE, octal(random));
      case 2 -> changed[header + SIZE] = (byte) 0x80;
      case 3 -> put(changed, header + PREFIX, ByteChanges.one(words(), random));
      case 4 -> put(changed, header, ByteChanges.one(words(), random));
      case 5 -> System.arraycopy(file, other, changed, header, BLOCK);
      default -> {
        byte[] block = Arrays.copyOfRange(file, header, header + BLOCK);
        return ByteChanges.spliced(file, other, other, block);
      }
    }
    return changed;
  }

  private static String octal(RandomGenerator random) {
    return String.format(Locale.ROOT, "%011o", ByteChanges.number(random) & 0x1ffffffffL);
  }

  @Override
  public byte[] mended(byte[] file) {
    byte[] mended = file.clone();
    headers(file).forEach(header -> sumUp(mended, header));
    return mended;
  }

  private static void sumUp(byte[] file, int header) {
    Arrays.fill(file, header + CHECKSUM, header + TYPE, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += file[header + i] & 0xff;
    }
    put(file, header + CHECKSUM, String.format(Locale.ROOT, "%06o\0", sum));
  }

  private static void put(byte[] file, int place, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, file, place, Math.min(bytes.length, 100));
  }

  /** The blocks of an entry. */
  static byte[] entry(char type, String name, byte[] content) {
    byte[] blocks = new byte[BLOCK + (content.length + BLOCK - 1) / BLOCK * BLOCK];
    put(blocks, 0, name);
    put(blocks, 100, "0000644");
    put(blocks, SIZE, String.format(Locale.ROOT, "%011o", content.length));
    blocks[TYPE] = (byte) type;
    put(blocks, MAGIC, "ustar\00000");
    sumUp(blocks, 0);
    System.arraycopy(content, 0, blocks, BLOCK, content.length);
    return blocks;
  }

  /** Entries, and the two empty blocks behind the last one. */
  static byte[] file(byte[]... entries) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      file.writeBytes(entry);
    }
    file.writeBytes(new byte[2 * BLOCK]);
    return file.toByteArray();
  }
}
