package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder on disk. */
record DiskFolder(Path path) implements DataFolder {
  /** The folder that a file lies in. */
  static DiskFolder of(Path file) {
    return new DiskFolder(file.resolveSibling(""));
  }

  @Override
  public List<DataFile> files() throws IOException {
    List<DataFile> files = new ArrayList<>();
    for (Path entry : visible()) {
      if (!Files.isDirectory(entry)) {
        files.add(new DiskFile(entry));
      }
    }
    return files;
  }

  @Override
  public List<DataFolder> folders() throws IOException {
    List<DataFolder> folders = new ArrayList<>();
    for (Path entry : visible()) {
      if (Files.isDirectory(entry)) {
        folders.add(new DiskFolder(entry));
      }
    }
    return folders;
  }

  /** Without looking at all the others. */
  @Override
  public Optional<DataFile> file(String name) {
    Path file = path.resolve(name);
    return Files.exists(file) ? Optional.of(new DiskFile(file)) : Optional.empty();
  }

  private List<Path> visible() throws IOException {
    List<Path> entries = new ArrayList<>();
    try (Stream<Path> all = Files.list(path)) {
      for (Path entry : (Iterable<Path>) all::iterator) {
        if (!Files.isHidden(entry)) {
          entries.add(entry);
        }
      }
    }
    entries.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    return entries;
  }
}
