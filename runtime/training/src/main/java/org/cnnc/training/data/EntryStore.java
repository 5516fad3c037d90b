package org.cnnc.training.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps what is in an archive that can only be read from its beginning to its end: in memory as
 * long as there is room, the rest in a file that goes when this is closed, or when the process
 * ends, however it does.
 */
final class EntryStore implements AutoCloseable {
  /** What is larger goes to disk, whatever room there is: an array ends at 2 GiB. */
  private static final int MOST_IN_MEMORY = 1 << 30;

  private final Path folder;
  private final Consumer<String> listener;
  private final long room;
  private long held;
  private Optional<FileChannel> file = Optional.empty();
  private long written;

  /**
   * An empty store.
   *
   * @param folder for the file
   * @param listener is told, in a sentence, when entries go to disk
   * @param room most bytes of entries that are held in memory
   */
  EntryStore(Path folder, Consumer<String> listener, long room) {
    this.folder = folder;
    this.listener = listener;
    this.room = room;
  }

  /**
   * Keeps the entry that a scanner is at.
   *
   * @param path of the entry, as messages name it
   * @param size bytes of it
   * @throws DataException if there is no room for it, or the archive is cut off
   */
  DataFile keep(Path path, TarScanner scanner, long size) throws IOException {
    if (held + size <= room && size <= MOST_IN_MEMORY) {
      held += size;
      return new InMemory(path, scanner.content());
    }
    FileChannel channel = file(scanner.path(), size);
    long begin = written;
    scanner.content(bytes -> write(channel, bytes));
    return new OnDisk(path, channel, begin, size);
  }

  private FileChannel file(Path archive, long size) throws IOException {
    if (file.isEmpty()) { // what else there is no room for, writing tells
      file = Optional.of(TemporaryFiles.make(folder, size));
      listener.accept(
          String.format(
              Locale.ROOT,
              "%s: the content would fill Java's memory; it is kept on disk while it is read, in %s",
              archive,
              folder));
    }
    return file.get();
  }

  private void write(FileChannel channel, ByteBuffer bytes) throws DataException {
    try {
      while (bytes.hasRemaining()) {
        written += channel.write(bytes, written);
      }
    } catch (IOException e) {
      throw TemporaryFiles.problem(folder, "not all that is in the archive can be kept here", e);
    }
  }

  /** Deletes the file: what was kept cannot be read any more. */
  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  /** An entry in memory. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record InMemory(Path path, byte[] content) implements DataFile {
    @Override
    public long size() {
      return content.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }
  }

  /** An entry at its place in the file. */
  private record OnDisk(Path path, FileChannel channel, long begin, long size) implements DataFile {
    @Override
    public InputStream open() {
      return new BoundedStream(new ChannelStream(channel, begin), size);
    }
  }
}
