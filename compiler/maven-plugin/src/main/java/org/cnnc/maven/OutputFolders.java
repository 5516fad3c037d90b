package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnc.compiler.GeneratedFolder;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.runtime.AtomicFiles;

/**
 * Where generated files go.
 *
 * @param sources root of Java sources
 * @param classes root of bytecode and of other resources, a resource folder
 * @param copies where Maven copies resources to
 * @param compilerStatus where maven-compiler-plugin remembers what javac made
 */
record OutputFolders(Path sources, Path classes, Path copies, Path compilerStatus) {
  private static final String JAVAC_MADE = "createdFiles.lst";

  /** Where the files of a network belong. */
  List<Path> places(List<GeneratedFile> files) {
    return files.stream().map(file -> root(file).resolve(file.path())).toList();
  }

  /** Writes the files of a network; returns where they are. */
  List<Path> write(List<GeneratedFile> files) throws IOException {
    for (Path root : List.of(sources, classes)) {
      new GeneratedFolder(root, AtomicFiles::write)
          .write(files.stream().filter(file -> root(file).equals(root)).toList());
    }
    return places(files);
  }

  private Path root(GeneratedFile file) {
    return file.path().endsWith(".java") ? sources : classes;
  }

  /**
   * Deletes what an earlier build made and this one does not: each file that is as it was made, and
   * the copy of a resource, which would otherwise stay in the app.
   */
  void deleteStale(BuildRecord before, List<Path> now) throws IOException {
    for (Map.Entry<Path, String> output : before.outputs().entrySet()) {
      Path file = output.getKey();
      if (now.contains(file)) {
        continue;
      }
      deleteIfUnchanged(file, output.getValue());
      if (file.startsWith(classes)) {
        deleteIfUnchanged(copies.resolve(classes.relativize(file)), output.getValue());
      }
    }
  }

  /**
   * Before it compiles anew, maven-compiler-plugin deletes every class that javac made the last
   * time. When classes that were sources come as bytecode now, those would be deleted, too, right
   * after they were copied: so it must forget them.
   */
  void takeFromJavac(BuildRecord before, List<Path> now) throws IOException {
    boolean taken =
        now.stream()
            .filter(file -> file.startsWith(classes))
            .map(file -> sourceOf(classes.relativize(file).toString()))
            .anyMatch(before.outputs()::containsKey);
    if (!taken || !Files.isDirectory(compilerStatus)) {
      return;
    }
    List<Path> lists;
    try (Stream<Path> files = Files.walk(compilerStatus)) {
      lists = files.filter(file -> file.endsWith(JAVAC_MADE)).toList();
    }
    for (Path list : lists) {
      Files.delete(list);
    }
  }

  private Path sourceOf(String classFile) {
    return sources.resolve(classFile.replaceFirst("\\.class$", ".java"));
  }

  private static void deleteIfUnchanged(Path file, String fingerprint) throws IOException {
    if (Files.isRegularFile(file) && Fingerprint.of(file).equals(fingerprint)) {
      Files.delete(file);
    }
  }
}
