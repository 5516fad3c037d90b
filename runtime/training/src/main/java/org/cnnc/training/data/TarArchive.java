package org.cnnc.training.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.cnnc.training.picture.Compression;

/**
 * A tar file. Of a plain one the entries' places are kept, and read when asked for; one in gzip can
 * only be read from its beginning to its end, so its entries are kept while it is open.
 */
final class TarArchive extends Archive {
  private final boolean zipped;
  private final long bytes;
  private final EntryStore kept;

  private TarArchive(Path path, boolean zipped, long bytes, EntryStore kept) {
    super(path);
    this.zipped = zipped;
    this.bytes = bytes;
    this.kept = kept;
  }

  /**
   * Opens a tar file.
   *
   * @param kept for the entries of one in gzip
   */
  static TarArchive open(Path path, boolean zipped, EntryStore kept) throws IOException {
    TarArchive archive = new TarArchive(path, zipped, Files.size(path), kept);
    archive.readEntries();
    return archive;
  }

  private void readEntries() throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(path()));
        InputStream in = zipped ? new BufferedInputStream(new GZIPInputStream(raw)) : raw) {
      TarScanner scanner = new TarScanner(path(), in);
      for (var entry = scanner.next(); entry.isPresent(); entry = scanner.next()) {
        add(entry.get(), scanner);
      }
    } catch (ZipException | EOFException e) {
      throw new DataException(path(), "broken gzip data: " + e.getMessage(), e);
    }
  }

  private void add(TarHeader header, TarScanner scanner) throws IOException {
    EntryName name = nextName(header.name());
    if (zipped) {
      expectPossibleSize(header, scanner); // skipping takes time, too
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

  private void expectPossibleSize(TarHeader header, TarScanner scanner) throws DataException {
    long end = scanner.offset() + header.size();
    if (end > Compression.DEFLATE.mostBits(bytes) / Byte.SIZE) {
      throw new DataException(
          path(),
          scanner.offset(),
          "expected an entry of "
              + header.size()
              + " bytes, the "
              + bytes
              + " zipped ones of the file hold less");
    }
  }

  private DataFile file(EntryName name, TarHeader header, TarScanner scanner) throws IOException {
    if (!zipped) {
      return new Placed(name.path(), path(), scanner.offset(), header.size());
    }
    return kept.keep(name.path(), scanner, header.size());
  }

  @Override
  public void close() {
    // Each entry opens the file for itself, or is kept.
  }

  /** An entry at its place in the file. */
  private record Placed(Path path, Path archive, long offset, long size) implements DataFile {
    @Override
    public InputStream open() throws IOException {
      FileChannel file = FileChannel.open(archive).position(offset);
      return new BoundedStream(Channels.newInputStream(file), size);
    }
  }
}
