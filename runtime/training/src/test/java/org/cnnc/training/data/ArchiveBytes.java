package org.cnnc.training.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives, byte by byte: also such as no program makes. */
final class ArchiveBytes {
  private static final int BLOCK = 512;

  private ArchiveBytes() {}

  static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The bytes with other words of the same length, wherever they stand. */
  static byte[] renamed(byte[] archive, String from, String to) {
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The zip with other fields in its first directory entry. */
  static byte[] withDirectoryField(byte[] zip, int place, int value, int bytes) {
    byte[] changed = zip.clone();
    ByteBuffer fields = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    int entry = 0;
    while (fields.getInt(entry) != 0x02014b50) {
      entry++;
    }
    for (int i = 0; i < bytes; i++) {
      changed[entry + place + i] = (byte) (value >> (8 * i));
    }
    return changed;
  }

  /**
   * The zip with the second end of its directory that large ones have, and a locator of that.
   *
   * @param entries that the second end tells
   */
  static byte[] large(byte[] zip, long entries) {
    ByteBuffer old = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int end = zip.length - 22; // without a comment
    ByteBuffer large = ByteBuffer.allocate(zip.length + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
    large.put(zip, 0, end);
    large.putInt(0x06064b50).putLong(44).putInt(45 << 16 | 45).putInt(0).putInt(0);
    large.putLong(entries).putLong(entries);
    large.putLong(old.getInt(end + 12)).putLong(old.getInt(end + 16));
    large.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
    large.put(zip, end, 8).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
    return large.array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      tar.write(tarEntry('0', file.getKey(), file.getValue()));
    }
    tar.write(new byte[2 * BLOCK]);
    return tar.toByteArray();
  }

  /** A header and the content, filled up to whole blocks. */
  static byte[] tarEntry(char type, String name, byte[] content) {
    byte[] blocks = new byte[BLOCK + (content.length + BLOCK - 1) / BLOCK * BLOCK];
    put(blocks, 0, name);
    put(blocks, 100, "0000644");
    put(blocks, 124, String.format("%011o", content.length));
    blocks[156] = (byte) type;
    put(blocks, 257, "ustar");
    put(blocks, 263, "00");
    Arrays.fill(blocks, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += blocks[i] & 0xff;
    }
    put(blocks, 148, String.format("%06o", sum));
    blocks[154] = 0;
    System.arraycopy(content, 0, blocks, BLOCK, content.length);
    return blocks;
  }

  private static void put(byte[] blocks, int place, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, blocks, place, Math.min(bytes.length, 100));
  }
}
