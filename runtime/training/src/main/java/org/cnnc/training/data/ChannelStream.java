package org.cnnc.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of an open file from a place on; several streams may read it. It stays open. */
final class ChannelStream extends InputStream {
  private final FileChannel channel;
  private long position;

  ChannelStream(FileChannel channel, long position) {
    this.channel = channel;
    this.position = position;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = channel.read(ByteBuffer.wrap(bytes, from, length), position);
    position += Math.max(0, count);
    return count;
  }
}
