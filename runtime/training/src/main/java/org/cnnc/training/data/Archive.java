package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A zip or tar file whose entries are read in place, but for those of a tar in gzip, which are kept
 * meanwhile. What an entry inflates to is bounded by what the archive's size justifies.
 */
abstract class Archive implements AutoCloseable {
  /** The greatest public sets of pictures have half as many. */
  static final int MOST_ENTRIES = 1 << 22;

  private final Path path;
  private final ArchiveFolder root;
  private int entries;

  Archive(Path path) {
    this.path = path;
    this.root = new ArchiveFolder(path);
  }

  /** Whether a file's name says that it is an archive: .zip, .tar, .tar.gz, .tgz. */
  static boolean hasArchiveName(Path file) {
    String name = lowerCase(file);
    return name.endsWith(".zip") || name.endsWith(".tar") || isZippedTar(name);
  }

  private static String lowerCase(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  private static boolean isZippedTar(String name) {
    return name.endsWith(".tar.gz") || name.endsWith(".tgz");
  }

  /**
   * Opens an archive and reads the names of its entries.
   *
   * @param kept for entries that cannot be read in place
   * @throws DataException if it is none, is broken, or has entries that no folder of data has
   */
  static Archive open(Path path, EntryStore kept) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new DataException(path, "expected an archive, this is no regular file");
    }
    return lowerCase(path).endsWith(".zip")
        ? ZipArchive.open(path)
        : TarArchive.open(path, isZippedTar(lowerCase(path)), kept);
  }

  Path path() {
    return path;
  }

  /** The folder that the data are in. */
  DataFolder folder() {
    return root.unwrapped();
  }

  /** The checked name of the next entry. */
  EntryName nextName(String name) throws DataException {
    entries++;
    if (entries > MOST_ENTRIES) {
      throw new DataException(path, "expected at most " + MOST_ENTRIES + " entries");
    }
    return EntryName.of(path, name);
  }

  void addFolder(EntryName name) throws DataException {
    if (!name.parts().equals(EntryName.HERE)) {
      folder(name.parts());
    }
  }

  void addFile(EntryName name, DataFile file) throws DataException {
    if (name.parts().equals(EntryName.HERE)) {
      throw new DataException(name.path(), "expected a name for each file");
    }
    folder(name.parts().subList(0, name.parts().size() - 1)).add(name.last(), file);
  }

  private ArchiveFolder folder(Iterable<String> parts) throws DataException {
    ArchiveFolder folder = root;
    for (String part : parts) {
      folder = folder.folderNamed(part);
    }
    return folder;
  }

  @Override
  public abstract void close() throws IOException;
}
