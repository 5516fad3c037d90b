package org.cnnc.maven;

import java.nio.file.Path;

/**
 * A network's text in a source folder.
 *
 * @param path the file
 * @param relative the file as seen from the source folder
 * @param packageName package of its classes; empty for the unnamed one
 */
record NetworkFile(Path path, Path relative, String packageName) {
  static final String ENDING = ".net";

  /** A path relative to output folders for what comes of this file, in the folder it is in. */
  Path relativeWithEnding(String ending) {
    String name = String.valueOf(relative.getFileName());
    String stem = name.substring(0, name.length() - ENDING.length());
    return relative.resolveSibling(stem + ending);
  }

  /** The folder of the package, relative to a root: {@code org/example}. */
  Path packageFolder() {
    return Path.of(packageName.replace('.', '/'));
  }
}
