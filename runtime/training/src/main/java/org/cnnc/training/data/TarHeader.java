package org.cnnc.training.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A block of 512 bytes before each entry of a tar file: texts end with a zero, numbers are octal.
 *
 * @param path of the archive
 * @param offset of the block in the archive, unzipped
 */
record TarHeader(Path path, long offset, String name, long size, char type) {
  static final int SIZE = 512;

  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;

  /**
   * Reads a block.
   *
   * @throws DataException if it is none
   */
  static TarHeader of(Path path, long offset, byte[] block) throws DataException {
    long sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM_END ? ' ' : block[i] & 0xff;
    }
    if (octal(path, offset, block, CHECKSUM, CHECKSUM_END) != sum) {
      throw new DataException(path, offset, "expected the header of an entry of a tar file");
    }
    String name = text(block, 0, 100);
    // Old GNU archives have other things where the standard has the name's first part.
    boolean standard = text(block, 257, 265).equals("ustar") && block[263] == '0';
    String prefix = standard ? text(block, 345, 500) : "";
    return new TarHeader(
        path,
        offset,
        prefix.isEmpty() ? name : prefix + "/" + name,
        octal(path, offset, block, 124, 136),
        block[156] == 0 ? '0' : (char) (block[156] & 0xff));
  }

  private static String text(byte[] block, int from, int to) {
    int end = from;
    while (end < to && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(Path path, long offset, byte[] block, int from, int to)
      throws DataException {
    if ((block[from] & 0x80) != 0) {
      return binary(path, offset, block, from, to);
    }
    String digits = text(block, from, to).trim();
    if (!digits.matches("[0-7]{0,12}")) {
      throw new DataException(path, offset + from, "expected an octal number");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  /** GNU's way to say more than octal digits can: big-endian, the first bit set. */
  private static long binary(Path path, long offset, byte[] block, int from, int to)
      throws DataException {
    long number = block[from] & 0x7f;
    for (int i = from + 1; i < to; i++) {
      if (number >= 1L << 40) {
        throw new DataException(path, offset + from, "expected a number of at most 48 bits");
      }
      number = number << Byte.SIZE | (block[i] & 0xff);
    }
    return number;
  }

  /** Whether it tells of the next entry, or of all: POSIX's x and g, GNU's L and K. */
  boolean isExtension() {
    return "xgLK".indexOf(type) >= 0;
  }

  boolean isFile() {
    return type == '0' || type == '7';
  }

  boolean isFolder() {
    return type == '5';
  }

  /** With what headers before it say. */
  TarHeader with(String longName, long longSize) {
    return new TarHeader(path, offset, longName, longSize, type);
  }
}
