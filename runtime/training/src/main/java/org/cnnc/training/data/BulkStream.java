package org.cnnc.training.data;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read many bytes at a time; a single one is a row of one. */
abstract class BulkStream extends InputStream {
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] bytes, int from, int length) throws IOException;
}
