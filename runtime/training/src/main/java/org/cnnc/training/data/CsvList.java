package org.cnnc.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV file that lists pictures: {@code path,label} a row, with or without such a header. Paths
 * start from the file's folder and do not leave it. Labels are words of the network, or numbers, or
 * else classes in the order of their names.
 */
final class CsvList implements StoredData {
  private static final int MOST_BYTES = 1 << 28;
  private static final int MOST_CLASSES = 1 << 16;
  private static final String NUMBER = "[0-9]{1,9}";

  private final Path file;
  private final List<Entry> entries;
  private final List<String> classes;

  /** A row: a picture and its label, as it is written. */
  private record Entry(int line, DataFile picture, String label) {}

  CsvList(DataFile file, ClassNumbering numbering) throws IOException {
    this.file = file.path();
    this.entries = entries(file);
    this.classes = classes(numbering);
    if (classes.isEmpty()) {
      expectBelow(numbering.limit(MOST_CLASSES));
    }
  }

  /** Whether a file's name says that it is such a list. */
  static boolean isList(String name) {
    return name.endsWith(".csv");
  }

  private static List<Entry> entries(DataFile file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (CsvText.Row row : CsvText.rows(file.path(), text(file))) {
      entries.add(entry(file.path(), row));
    }
    if (!entries.isEmpty() && isHeader(entries.get(0))) {
      entries.remove(0);
    }
    if (entries.isEmpty()) {
      throw new DataException(file.path(), "expected rows of path,label, found none");
    }
    return entries;
  }

  /** No picture's name is without a point. */
  private static boolean isHeader(Entry first) {
    return first.picture().name().indexOf('.') < 0;
  }

  private static String text(DataFile file) throws IOException {
    byte[] bytes = file.bytes(MOST_BYTES, "a list of pictures");
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DataException(file.path(), "expected UTF-8 text", e);
    }
  }

  private static Entry entry(Path file, CsvText.Row row) throws DataException {
    List<String> values = row.values();
    String line = "line " + row.line() + ": ";
    if (values.size() != 2) {
      throw new DataException(
          file, line + "expected two values, path and label; found " + values.size());
    }
    if (values.get(0).isEmpty() || values.get(1).isEmpty()) {
      throw new DataException(file, line + "expected a path and a label, one of them is empty");
    }
    return new Entry(row.line(), new DiskFile(inside(file, line, values.get(0))), values.get(1));
  }

  /** A path that leads out of the folder could name any file of the machine. */
  private static Path inside(Path file, String line, String text) throws DataException {
    try {
      Path relative = Path.of(text);
      Path normal = relative.normalize();
      if (!relative.isAbsolute() && relative.getRoot() == null && !normal.startsWith("..")) {
        return file.resolveSibling(normal);
      }
    } catch (InvalidPathException e) {
      throw new DataException(file, line + "expected a path, found \"" + text.strip() + "\"", e);
    }
    throw new DataException(
        file, line + "expected a path inside of the list's folder, found \"" + text + "\"");
  }

  /** The pictures that it lists. */
  List<Path> pictures() {
    return entries.stream().map(entry -> entry.picture().path()).toList();
  }

  private List<String> classes(ClassNumbering numbering) throws DataException {
    List<String> names = entries.stream().map(Entry::label).distinct().sorted().toList();
    boolean numbers = names.stream().allMatch(name -> name.matches(NUMBER));
    return numbers && !numbering.knows(names)
        ? List.of()
        : numbering.numbered(file, names, "different labels");
  }

  private void expectBelow(int limit) throws DataException {
    for (Entry entry : entries) {
      if (Integer.parseInt(entry.label()) >= limit) {
        throw new DataException(
            file,
            "line "
                + entry.line()
                + ": expected a label from 0 to "
                + (limit - 1)
                + ", found "
                + entry.label());
      }
    }
  }

  @Override
  public Path path() {
    return file;
  }

  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public String unit() {
    return "pictures";
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public long count() {
    return entries.size();
  }

  @Override
  public void visit(DataVisitor visitor) throws IOException {
    for (Entry entry : entries) {
      int label =
          classes.isEmpty() ? Integer.parseInt(entry.label()) : classes.indexOf(entry.label());
      if (Files.exists(entry.picture().path())) {
        PictureFiles.visit(entry.picture(), label, visitor);
      } else {
        visitor.broken(missing(entry));
      }
    }
  }

  private DataException missing(Entry entry) {
    return new DataException(
        file,
        "line "
            + entry.line()
            + ": expected the picture "
            + entry.picture().path()
            + ", there is none");
  }
}
