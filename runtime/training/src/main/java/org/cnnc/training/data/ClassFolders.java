package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder with a folder of pictures for each class. Classes are numbered by the network's labels
 * if all folders are named so, else by the order of their names. Hidden files are ignored.
 */
final class ClassFolders implements StoredData {
  private final DataFolder folder;
  private final List<String> classes;

  ClassFolders(DataFolder folder, ClassNumbering numbering) throws IOException {
    this.folder = folder;
    this.classes = numbering.numbered(folder.path(), names(folder), "class folders");
  }

  private static List<String> names(DataFolder folder) throws IOException {
    for (DataFile file : folder.files()) {
      if (PictureFiles.hasPictureName(file.path())) {
        throw new DataException(file.path(), "expected pictures in class folders, not beside them");
      }
    }
    List<String> names = new ArrayList<>();
    for (DataFolder entry : folder.folders()) {
      names.add(entry.name());
    }
    if (names.isEmpty()) {
      throw new DataException(
          folder.path(), "expected a folder of pictures for each class, found none");
    }
    return names;
  }

  @Override
  public Path path() {
    return folder.path();
  }

  @Override
  public String name() {
    return folder.name();
  }

  @Override
  public String unit() {
    return "pictures";
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  /** Files by the number of their class; a label of the network may be without pictures. */
  private List<List<DataFile>> files() throws IOException {
    Map<String, DataFolder> folders = new HashMap<>();
    folder.folders().forEach(each -> folders.put(each.name(), each));
    List<List<DataFile>> files = new ArrayList<>();
    for (String name : classes) {
      files.add(folders.containsKey(name) ? folders.get(name).files() : List.of());
    }
    return files;
  }

  @Override
  public long count() throws IOException {
    return files().stream().mapToLong(List::size).sum();
  }

  @Override
  public void visit(DataVisitor visitor) throws IOException {
    boolean none = true;
    List<List<DataFile>> files = files();
    for (int number = 0; number < files.size(); number++) {
      for (DataFile file : files.get(number)) {
        PictureFiles.visit(file, number, visitor);
        none = false;
      }
    }
    if (none) {
      throw new DataException(folder.path(), "expected pictures in the class folders, found none");
    }
  }
}
