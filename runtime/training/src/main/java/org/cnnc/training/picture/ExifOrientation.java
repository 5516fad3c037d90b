package org.cnnc.training.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The one tag of EXIF that changes what a picture shows: 0x0112 in the first directory of the TIFF
 * that the marker holds. Its entries have twelve bytes each: tag, type, count, value.
 */
final class ExifOrientation {
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int MAGIC = 42;
  private static final int ENTRY = 12;

  private ExifOrientation() {}

  /** From 1 to 8; 1 if the tag is missing, or anything about it is odd. */
  static int of(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return Orientation.UPRIGHT;
    }
    int order = tiff.getShort(0);
    if (order != 0x4949 && order != 0x4d4d) {
      return Orientation.UPRIGHT;
    }
    tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (tiff.getShort(2) != MAGIC || directory < 8 || directory > tiff.limit() - 2) {
      return Orientation.UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xffff;
    return inEntries(tiff, directory + 2, entries);
  }

  private static int inEntries(ByteBuffer tiff, int first, int entries) {
    for (int i = 0; i < entries && first + (i + 1) * ENTRY <= tiff.limit(); i++) {
      int entry = first + i * ENTRY;
      if ((tiff.getShort(entry) & 0xffff) == TAG) {
        boolean oneShort = tiff.getShort(entry + 2) == SHORT && tiff.getInt(entry + 4) == 1;
        int value = tiff.getShort(entry + 8);
        return oneShort && value >= 1 && value <= 8 ? value : Orientation.UPRIGHT;
      }
    }
    return Orientation.UPRIGHT;
  }
}
