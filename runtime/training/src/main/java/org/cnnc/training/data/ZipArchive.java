package org.cnnc.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.cnnc.training.picture.Compression;

/** A zip file. */
final class ZipArchive extends Archive {
  private final ZipFile zip;

  private ZipArchive(Path path, ZipFile zip) {
    super(path);
    this.zip = zip;
  }

  static ZipArchive open(Path path) throws IOException {
    ZipDirectory.expectPlainEntries(path);
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException | IllegalArgumentException e) {
      throw new DataException(path, "expected a zip file: " + e.getMessage(), e);
    }
    try {
      ZipArchive archive = new ZipArchive(path, zip);
      archive.readNames();
      return archive;
    } catch (IllegalArgumentException e) { // a comment that is no UTF-8
      zip.close();
      throw new DataException(path, "broken entry of the zip file: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private void readNames() throws DataException {
    for (ZipEntry entry : Collections.list(zip.entries())) {
      EntryName name = nextName(entry.getName());
      if (name.isHidden()) {
        continue;
      }
      if (entry.isDirectory()) {
        addFolder(name);
      } else {
        expectPossibleSize(name, entry);
        addFile(name, new Entry(name.path(), zip, entry));
      }
    }
  }

  private static void expectPossibleSize(EntryName name, ZipEntry entry) throws DataException {
    long most = Compression.DEFLATE.mostBits(entry.getCompressedSize()) / Byte.SIZE;
    if (entry.getSize() < 0 || entry.getSize() > most) {
      throw new DataException(
          name.path(),
          "expected "
              + entry.getSize()
              + " bytes, its "
              + entry.getCompressedSize()
              + " zipped ones hold less");
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** A file of the archive. */
  private record Entry(Path path, ZipFile zip, ZipEntry entry) implements DataFile {
    @Override
    public long size() {
      return entry.getSize();
    }

    @Override
    public InputStream open() throws IOException {
      try {
        InputStream in = zip.getInputStream(entry);
        if (in != null) {
          return new EntryStream(path, in, entry.getSize(), entry.getCrc());
        }
      } catch (ZipException e) {
        throw new DataException(path, "broken entry of the zip file: " + e.getMessage(), e);
      }
      throw new DataException(path, "expected an entry of the zip file, it cannot be found");
    }
  }
}
