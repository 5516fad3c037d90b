package org.cnnc.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** The bytes of an entry of a zip file: as many as it says, with the checksum that it says. */
final class EntryStream extends BulkStream {
  private final Path path;
  private final InputStream in;
  private final long size;
  private final long checksum;
  private final CRC32 found = new CRC32();
  private long offset;

  EntryStream(Path path, InputStream in, long size, long checksum) {
    this.path = path;
    this.in = in;
    this.size = size;
    this.checksum = checksum;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = in.read(bytes, from, length);
    if (count < 0) {
      expectWhole();
      return count;
    }
    found.update(bytes, from, count);
    offset += count;
    if (offset > size) {
      throw new DataException(path, size, "expected the end of the entry");
    }
    return count;
  }

  private void expectWhole() throws DataException {
    if (offset < size) {
      throw new DataException(path, offset, "expected an entry of " + size + " bytes, it ends");
    }
    if (found.getValue() != checksum) {
      throw new DataException(
          path,
          String.format(
              "expected content with the checksum %08x, found %08x", checksum, found.getValue()));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
