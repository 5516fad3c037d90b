package org.cnnc.training.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The name of an archive's entry, in its parts. Nothing is ever written where a name points to, but
 * a name that points elsewhere tells that the archive was not made for reading data.
 *
 * @param parts folders, and last the name itself
 * @param path of the entry in messages
 */
record EntryName(List<String> parts, Path path) {
  /** The parts of what names the archive's own folder: {@code ./}. */
  static final List<String> HERE = List.of("");

  private static final int MOST_LETTERS = 1024;
  private static final int MOST_PARTS = 32;

  /**
   * Checks a name.
   *
   * @throws DataException if it is absolute, leads upwards, has backslashes or control characters,
   *     or is longer than any folder of data needs
   */
  static EntryName of(Path archive, String name) throws DataException {
    if (name.length() > MOST_LETTERS) {
      throw refused(archive, name.substring(0, 40) + "...", "at most " + MOST_LETTERS + " letters");
    }
    if (name.startsWith("/") || name.matches("(?s)[A-Za-z]:.*")) {
      throw refused(archive, name, "no absolute path");
    }
    if (name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
      throw refused(archive, name, "no backslash and no control character");
    }
    // "./a" is what tar makes of the folder that it is called in.
    String relative = name.equals(".") || name.startsWith("./") ? name.substring(1) : name;
    relative = relative.startsWith("/") ? relative.substring(1) : relative;
    relative = relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
    List<String> parts = List.of(relative.split("/", -1));
    if (parts.contains("..")) {
      throw refused(archive, name, "no way upwards");
    }
    if (parts.size() > MOST_PARTS) {
      throw refused(archive, name, "at most " + MOST_PARTS + " folders in each other");
    }
    if (name.isEmpty() || (!parts.equals(HERE) && (parts.contains("") || parts.contains(".")))) {
      throw refused(archive, name, "a name between slashes");
    }
    try {
      return new EntryName(parts, archive.resolve(relative));
    } catch (InvalidPathException e) {
      throw refused(archive, name, "a name that this system can have");
    }
  }

  private static DataException refused(Path archive, String name, String expected) {
    StringBuilder shown = new StringBuilder();
    name.chars().forEach(c -> shown.append(Character.isISOControl(c) ? '?' : (char) c));
    return new DataException(archive, "entry \"" + shown + "\": expected " + expected);
  }

  /** Whether it, or a folder that it is in, is hidden, or made by macOS for its own use. */
  boolean isHidden() {
    return parts.stream().anyMatch(part -> part.startsWith(".") || part.equals("__MACOSX"));
  }

  String last() {
    return parts.get(parts.size() - 1);
  }
}
