package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files and folders of data with their names: a folder on disk, or one inside of an archive. What
 * is hidden is not seen, and all is in the order of the names' code units.
 */
interface DataFolder {
  /** How messages name it. */
  Path path();

  /** Its name without folders. */
  default String name() {
    return String.valueOf(path().getFileName());
  }

  /** What lies in it and is no folder. */
  List<DataFile> files() throws IOException;

  /** The folders in it. */
  List<DataFolder> folders() throws IOException;

  /** The file of this name. */
  default Optional<DataFile> file(String name) throws IOException {
    return files().stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** The folder of this name. */
  default Optional<DataFolder> folder(String name) throws IOException {
    return folders().stream().filter(folder -> folder.name().equals(name)).findFirst();
  }
}
