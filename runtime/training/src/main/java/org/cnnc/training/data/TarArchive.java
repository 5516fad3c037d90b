package org.cnnc.training.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A tar file. Of a plain one the entries' places are kept, and read when asked for; one in gzip can
 * only be read from its beginning to its end, so its entries are kept in memory.
 */
final class TarArchive extends Archive {
  private final boolean zipped;

  private TarArchive(Path path, boolean zipped) {
    super(path);
    this.zipped = zipped;
  }

  static TarArchive open(Path path, boolean zipped) throws IOException {
    TarArchive archive = new TarArchive(path, zipped);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(path));
        InputStream in = zipped ? new BufferedInputStream(new GZIPInputStream(raw)) : raw) {
      TarScanner scanner = new TarScanner(path, in);
      for (var entry = scanner.next(); entry.isPresent(); entry = scanner.next()) {
        archive.add(entry.get(), scanner);
      }
    } catch (ZipException | EOFException e) {
      throw new DataException(path, "broken gzip data: " + e.getMessage(), e);
    }
    return archive;
  }

  private void add(TarHeader header, TarScanner scanner) throws IOException {
    EntryName name = nextName(header.name());
    if (zipped) {
      Memory.expectRoomFor(
          path(), scanner.offset() + header.size(), ""); // skipping takes time, too
    }
    if (header.isFolder()) {
      if (!name.isHidden()) {
        addFolder(name);
      }
    } else if (!header.isFile()) {
      throw new DataException(
          name.path(), "expected a file or a folder, this entry is a link or a device");
    } else if (!name.isHidden()) {
      addFile(name, file(name, header, scanner));
    }
    scanner.skipContent();
  }

  private DataFile file(EntryName name, TarHeader header, TarScanner scanner) throws IOException {
    if (!zipped) {
      return new Placed(name.path(), path(), scanner.offset(), header.size());
    }
    return new Kept(name.path(), scanner.content());
  }

  @Override
  public void close() {
    // Each entry opens the file for itself.
  }

  /** An entry at its place in the file. */
  private record Placed(Path path, Path archive, long offset, long size) implements DataFile {
    @Override
    public InputStream open() throws IOException {
      FileChannel file = FileChannel.open(archive).position(offset);
      return new BoundedStream(Channels.newInputStream(file), size);
    }
  }

  /** An entry in memory. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Kept(Path path, byte[] content) implements DataFile {
    @Override
    public long size() {
      return content.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }
  }
}
