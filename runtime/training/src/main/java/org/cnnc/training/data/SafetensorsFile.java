package org.cnnc.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.SafetensorsException;
import org.cnnc.runtime.SafetensorsHeader;
import org.cnnc.runtime.SafetensorsHeader.Entry;
import org.cnnc.runtime.Tensor.ElementType;

/**
 * An open safetensors file, of whose tensors one part after the other is read: they may be larger
 * than Java's memory, or than an array. {@link Safetensors} is for those that are wanted as a
 * whole. Not to be used by several threads.
 */
final class SafetensorsFile implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final Path path;
  private final SeekableByteChannel channel;
  private final SafetensorsHeader header;
  private final long start;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);

  private SafetensorsFile(
      Path path, SeekableByteChannel channel, SafetensorsHeader header, long start) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    this.start = start;
  }

  /**
   * Opens a file and reads its header, which is checked against the file's size.
   *
   * @throws SafetensorsException if it is not a sound safetensors file of supported element types
   * @throws IOException if it cannot be read
   */
  static SafetensorsFile open(Path file) throws IOException {
    SeekableByteChannel channel = Safetensors.open(file);
    try {
      SafetensorsHeader header = SafetensorsHeader.read(file, channel);
      return new SafetensorsFile(file, channel, header, channel.size() - header.dataBytes());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Names of the tensors, in the order of the header. */
  Set<String> names() {
    return Collections.unmodifiableSet(header.entries().keySet());
  }

  /** How the file stores the elements of a tensor that it has. */
  ElementType type(String name) {
    return entry(name).type();
  }

  /** Sizes of a tensor that the file has; none for a single number. */
  List<Integer> dims(String name) {
    return entry(name).dims();
  }

  private Entry entry(String name) {
    Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no tensor " + name + " in " + names());
    }
    return entry;
  }

  /**
   * Reads elements of a tensor that the file has, as {@link Safetensors#read(Path)} does.
   *
   * @param first number of the first one, counted through the whole tensor
   * @param values filled with it and those that follow
   * @throws IOException if they cannot be read, or the file has become shorter
   */
  void read(String name, long first, float[] values) throws IOException {
    Entry entry = entry(name);
    if (first < 0 || first > entry.elements() - values.length) {
      throw new IndexOutOfBoundsException(
          values.length + " elements from " + first + " on of " + entry.elements());
    }
    int bytes = entry.type().bytes();
    channel.position(start + entry.begin() + first * bytes);
    for (int done = 0; done < values.length; ) {
      int count = Math.min(CHUNK / bytes, values.length - done);
      fillChunk(count * bytes);
      entry.type().convert(chunk, values, done, count);
      done += count;
    }
  }

  private void fillChunk(int bytes) throws IOException {
    chunk.clear().limit(bytes);
    while (chunk.hasRemaining()) {
      if (channel.read(chunk) < 0) {
        throw new DataException(path, channel.position(), "the file ended while it was read");
      }
    }
    chunk.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
