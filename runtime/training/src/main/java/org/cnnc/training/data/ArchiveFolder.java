package org.cnnc.training.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A folder inside of an archive: the archive's entries, in order of their names. */
final class ArchiveFolder implements DataFolder {
  private final Path path;
  private final TreeMap<String, ArchiveFolder> folders = new TreeMap<>();
  private final TreeMap<String, DataFile> files = new TreeMap<>();

  ArchiveFolder(Path path) {
    this.path = path;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public List<DataFile> files() {
    return List.copyOf(files.values());
  }

  @Override
  public List<DataFolder> folders() {
    return new ArrayList<>(folders.values());
  }

  /** The folder in it, made if it was not named before. */
  ArchiveFolder folderNamed(String name) throws DataException {
    if (files.containsKey(name)) {
      throw twice(name);
    }
    return folders.computeIfAbsent(name, same -> new ArchiveFolder(path.resolve(same)));
  }

  void add(String name, DataFile file) throws DataException {
    if (folders.containsKey(name) || files.putIfAbsent(name, file) != null) {
      throw twice(name);
    }
  }

  private DataException twice(String name) {
    return new DataException(path.resolve(name), "expected each entry once, this is there twice");
  }

  /**
   * What the data are in: an archive often holds one folder that holds all. That of the only class
   * is none such.
   */
  DataFolder unwrapped() {
    if (!files.isEmpty() || folders.size() != 1) {
      return this;
    }
    ArchiveFolder only = folders.firstEntry().getValue();
    boolean isPart = only.name().equals("train") || only.name().equals("test");
    boolean isClass =
        only.files.keySet().stream().anyMatch(name -> PictureFiles.hasPictureName(Path.of(name)));
    return isPart || isClass ? this : only;
  }
}
