package org.cnnc.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of an open file from a place on; several streams may read it. It stays open. */
final class ChannelStream extends BulkStream {
  private final FileChannel channel;
  private long position;

  ChannelStream(FileChannel channel, long position) {
    this.channel = channel;
    this.position = position;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = channel.read(ByteBuffer.wrap(bytes, from, length), position);
    position += Math.max(0, count);
    return count;
  }
}
