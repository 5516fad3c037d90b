package org.cnnc.training.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The fields of a BMP's header that a reader would believe: counts that no file justifies are
 * refused here, before anything is allocated for them.
 */
final class BmpHeader {
  private static final int INFO_SIZE = 14;
  private static final int BITS = 28;
  private static final int COMPRESSION = 30;
  private static final int DATA_SIZE = 34;
  private static final int COLOURS_USED = 46;

  /** Below it, a header is that of OS/2, which has neither compression nor counts. */
  private static final int WINDOWS_INFO = 40;

  private static final int OS2_INFO = 12;
  private static final int OS2_BITS = 24;

  private static final int PLAIN = 0;
  private static final int RUN_LENGTH_8 = 1;
  private static final int RUN_LENGTH_4 = 2;
  private static final int BIT_FIELDS = 3;

  private BmpHeader() {}

  static void check(byte[] bytes) throws BrokenPictureException {
    long infoSize = field(bytes, INFO_SIZE);
    if (infoSize != OS2_INFO && (infoSize < WINDOWS_INFO || infoSize > bytes.length)) {
      throw new BrokenPictureException(
          "broken picture: expected a BMP header of 12 or at least 40 bytes, byte 14 says "
              + infoSize);
    }
    if (infoSize == OS2_INFO) {
      return;
    }
    long compression = field(bytes, COMPRESSION);
    if (compression > BIT_FIELDS) {
      throw new BrokenPictureException(
          "unsupported picture: expected a BMP of compression 0 to 3, byte 30 says " + compression);
    }
    expectAtMost(bytes, DATA_SIZE, "bytes of pixels");
    expectAtMost(bytes, COLOURS_USED, "colours");
  }

  private static void expectAtMost(byte[] bytes, int place, String what)
      throws BrokenPictureException {
    long count = field(bytes, place);
    if (count > bytes.length) {
      throw new BrokenPictureException(
          "broken picture: byte "
              + place
              + " says "
              + count
              + " "
              + what
              + ", the file has "
              + bytes.length
              + " bytes");
    }
  }

  /** Pixels that a file can hold by its compression and its bits a pixel. */
  static long mostPixels(byte[] bytes) throws BrokenPictureException {
    boolean os2 = field(bytes, INFO_SIZE) == OS2_INFO;
    int bits = shortField(bytes, os2 ? OS2_BITS : BITS);
    long compression = os2 ? PLAIN : field(bytes, COMPRESSION);
    boolean runs = compression == RUN_LENGTH_8 || compression == RUN_LENGTH_4;
    return runs
        ? Compression.RUN_LENGTH.mostBits(bytes.length) / Byte.SIZE
        : Compression.PLAIN.mostBits(bytes.length) / Math.max(1, bits);
  }

  private static long field(byte[] bytes, int place) throws BrokenPictureException {
    return buffer(bytes, place + Integer.BYTES).getInt(place) & 0xffffffffL;
  }

  private static int shortField(byte[] bytes, int place) throws BrokenPictureException {
    return buffer(bytes, place + Short.BYTES).getShort(place) & 0xffff;
  }

  private static ByteBuffer buffer(byte[] bytes, int end) throws BrokenPictureException {
    if (bytes.length < end) {
      throw new BrokenPictureException(
          "broken picture: expected a BMP header, the file ends at byte " + bytes.length);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
