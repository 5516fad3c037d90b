package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.cnnc.runtime.Picture;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.ProgramInfo.InputInfo;

/**
 * Reads a folder with a folder of PNG or JPEG pictures for each class. Classes are numbered by the
 * network's labels if all folders are named so, else by the order of their names. Hidden files are
 * ignored.
 */
final class ClassFolderReader {
  private final InputInfo input;
  private final List<String> labels;
  private final int classes;

  ClassFolderReader(InputInfo input, List<String> labels, int classes) {
    this.input = input;
    this.labels = labels;
    this.classes = classes;
  }

  Dataset read(Path folder) throws IOException {
    List<String> names = classNames(folder);
    PixelPreprocessing preprocessing = new PixelPreprocessing(input);
    List<byte[]> images = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < names.size(); number++) {
      Path classFolder = folder.resolve(names.get(number));
      if (!Files.isDirectory(classFolder)) {
        continue; // a label of the network without pictures
      }
      for (Path file : visible(classFolder)) {
        Picture picture = PictureFiles.read(file);
        byte[] pixels = new byte[input.elements()];
        preprocessing.resize(picture.argb(), picture.width(), picture.height(), pixels, 0);
        images.add(pixels);
        numbers.add(number);
      }
    }
    if (images.isEmpty()) {
      throw new DataException(folder, "expected pictures in the class folders, found none");
    }
    String description = folder.getFileName() + ", " + images.size() + " pictures";
    return MemoryDataset.ofPixels(
        description,
        names,
        images.toArray(new byte[0][]),
        numbers.stream().mapToInt(Integer::intValue).toArray());
  }

  private List<String> classNames(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path entry : visible(folder)) {
      if (Files.isDirectory(entry)) {
        names.add(String.valueOf(entry.getFileName()));
      } else if (PictureFiles.hasPictureName(entry)) {
        throw new DataException(entry, "expected pictures in class folders, not beside them");
      }
    }
    if (names.isEmpty()) {
      throw new DataException(folder, "expected a folder of pictures for each class, found none");
    }
    if (new HashSet<>(labels).containsAll(names)) {
      return labels;
    }
    if (names.size() != classes) {
      throw new DataException(
          folder, "expected " + classes + " class folders, found " + names.size() + ": " + names);
    }
    return names;
  }

  /** Entries that are not hidden, in the order of their names' code units. */
  static List<Path> visible(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
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
