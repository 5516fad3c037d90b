package org.cnnc.compiler.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes of a file's bytes that ask nothing of its form. */
final class ByteChanges {
  /** Where readers begin and end: more numbers are there than elsewhere. */
  private static final int MARGIN = 64;

  private static final int LONGEST = 20_000;

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    -1,
    -2,
    127,
    128,
    255,
    256,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    30_000,
    1 << 20,
    1 << 24,
    1 << 28,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE - 8,
    1L << 31,
    0xffffffffL,
    1L << 32,
    1L << 40,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
  };

  private ByteChanges() {}

  /** The file with one change, a piece of another one perhaps. */
  static byte[] change(byte[] file, List<byte[]> others, RandomGenerator random) {
    int from = place(file, random);
    int to = Math.min(file.length, from + 1 + random.nextInt(40));
    return switch (random.nextInt(12)) {
      case 0 -> withByte(file, from, at -> at ^ 1 << random.nextInt(8));
      case 1 -> withByte(file, from, at -> random.nextInt(256));
      case 2 -> withByte(file, from, at -> at + random.nextInt(5) - 2);
      case 3 -> Arrays.copyOf(file, from);
      case 4 -> spliced(file, from, to, new byte[0]);
      case 5 -> spliced(file, to, to, Arrays.copyOfRange(file, from, to));
      case 6 -> spliced(file, from, from, bytes(random));
      case 7 -> spliced(file, from, to, piece(one(others, random), random));
      case 8 -> withDigits(file, from, random);
      case 9 -> Arrays.copyOf(file, Math.min(LONGEST, file.length + random.nextInt(600)));
      default -> withNumber(file, from, 1 << random.nextInt(4), random);
    };
  }

  /** One of the numbers at which readers break, or any. */
  static long number(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(20);
      case 1 -> random.nextLong() >> random.nextInt(63);
      default -> NUMBERS[random.nextInt(NUMBERS.length)];
    };
  }

  /** The file with another number of so many bytes at a place. */
  static byte[] withNumber(byte[] file, int place, int bytes, RandomGenerator random) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return withNumber(file, new Field(place, bytes, order), random);
  }

  /** A number in a file. */
  record Field(int place, int bytes, ByteOrder order) {}

  /** The file with another number in a field; some of its bytes may be behind the end. */
  static byte[] withNumber(byte[] file, Field field, RandomGenerator random) {
    long number = number(random);
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).order(field.order()).putLong(number).array();
    int first = field.order() == ByteOrder.BIG_ENDIAN ? Long.BYTES - field.bytes() : 0;
    byte[] changed = file.clone();
    int count = Math.max(0, Math.min(field.bytes(), file.length - field.place()));
    if (count > 0) {
      System.arraycopy(bytes, first, changed, field.place(), count);
    }
    return changed;
  }

  /** The file with other bytes in the place of some. */
  static byte[] spliced(byte[] file, int from, int to, byte[] piece) {
    byte[] changed = new byte[from + piece.length + file.length - to];
    System.arraycopy(file, 0, changed, 0, from);
    System.arraycopy(piece, 0, changed, from, piece.length);
    System.arraycopy(file, to, changed, from + piece.length, file.length - to);
    return changed.length > LONGEST ? Arrays.copyOf(changed, LONGEST) : changed;
  }

  /** A word written over what is there, or between. */
  static byte[] withWord(byte[] file, List<String> words, RandomGenerator random) {
    byte[] word = one(words, random).getBytes(StandardCharsets.UTF_8);
    int from = place(file, random);
    return spliced(
        file, from, random.nextBoolean() ? from : Math.min(file.length, from + word.length), word);
  }

  /** Decimal digits, at a place or behind it, become those of another number. */
  private static byte[] withDigits(byte[] file, int place, RandomGenerator random) {
    int from = place;
    while (from < file.length && !isDigit(file[from])) {
      from++;
    }
    int to = from;
    while (to < file.length && isDigit(file[to])) {
      to++;
    }
    String digits = Long.toString(number(random));
    return spliced(file, from, to, digits.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private interface ByteChange {
    int of(int value);
  }

  private static byte[] withByte(byte[] file, int place, ByteChange change) {
    byte[] changed = file.clone();
    if (place < file.length) {
      changed[place] = (byte) change.of(file[place]);
    }
    return changed;
  }

  /** From the first byte to the end: behind the last one, something can be added. */
  static int place(byte[] file, RandomGenerator random) {
    int margin = Math.min(file.length, MARGIN);
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(margin + 1);
      case 1 -> file.length - random.nextInt(margin + 1);
      default -> random.nextInt(file.length + 1);
    };
  }

  private static byte[] bytes(RandomGenerator random) {
    byte[] bytes = new byte[1 + random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] piece(byte[] file, RandomGenerator random) {
    int from = random.nextInt(file.length + 1);
    int most = random.nextBoolean() ? 80 : LONGEST;
    return Arrays.copyOfRange(file, from, Math.min(file.length, from + 1 + random.nextInt(most)));
  }

  static <C> C one(List<C> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
