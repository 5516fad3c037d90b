package org.cnnc.training.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.cnnc.training.picture.Compression;

/** The bytes of an IDX file, unzipped where needed, with the place for messages. */
final class IdxStream implements AutoCloseable {
  static final String ZIPPED = ".gz";

  private final Path file;
  private final long size;
  private final boolean zipped;
  private final InputStream in;
  private long offset;

  IdxStream(DataFile data) throws IOException {
    this.file = data.path();
    this.zipped = data.name().endsWith(ZIPPED);
    this.size = data.size();
    this.in = new BufferedInputStream(unzipped(data));
  }

  private InputStream unzipped(DataFile data) throws IOException {
    InputStream raw = data.open();
    if (!zipped) {
      return raw;
    }
    try {
      return new GZIPInputStream(raw);
    } catch (ZipException | EOFException e) {
      raw.close();
      throw new DataException(file, "expected a gzip file: " + e.getMessage(), e);
    }
  }

  void expectMagic(int magic, String what) throws IOException {
    int found = fourBytes();
    if (found != magic) {
      throw new DataException(
          file, 0, String.format("expected %s (magic 0x%08x), found 0x%08x", what, magic, found));
    }
  }

  int number(String what, int most) throws IOException {
    int number = fourBytes();
    if (number < 1 || number > most) {
      throw new DataException(
          file,
          offset - 4,
          "expected a "
              + what
              + " from 1 to "
              + most
              + ", found "
              + Integer.toUnsignedString(number));
    }
    return number;
  }

  /** Of a zipped file nobody knows the size before it is read, only how much it can be. */
  void expectRest(long bytes) throws IOException {
    if (zipped && offset + bytes > Compression.DEFLATE.mostBits(size) / Byte.SIZE) {
      throw new DataException(
          file, 4, "expected " + bytes + " bytes to follow, " + size + " zipped ones hold less");
    }
    if (!zipped && size != offset + bytes) {
      throw new DataException(
          file,
          Math.min(size, offset + bytes),
          "expected a file of " + (offset + bytes) + " bytes, found " + size);
    }
  }

  void expectEnd() throws IOException {
    if (next(1).length != 0) {
      throw new DataException(file, offset - 1, "expected the end of the file");
    }
  }

  byte[] bytes(int count) throws IOException {
    byte[] bytes = next(count);
    if (bytes.length != count) {
      throw new DataException(
          file, offset, "expected " + (count - bytes.length) + " more bytes, the file ends");
    }
    return bytes;
  }

  private int fourBytes() throws IOException {
    byte[] b = bytes(4);
    return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
  }

  private byte[] next(int most) throws IOException {
    try {
      byte[] bytes = in.readNBytes(most);
      offset += bytes.length;
      return bytes;
    } catch (ZipException | EOFException e) {
      throw new DataException(file, offset, "broken zipped data: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
