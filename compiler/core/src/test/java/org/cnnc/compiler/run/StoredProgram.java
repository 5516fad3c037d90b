package org.cnnc.compiler.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.runtime.Program;

/**
 * Class files of a training program in a folder, made once for several virtual machines.
 *
 * @param name of the folder: the network, its target and the backend
 * @param className the program among the class files
 * @param classes that its loss tells apart
 */
record StoredProgram(String name, String className, int classes, Map<String, byte[]> classFiles) {
  private static final String FACTS = "facts";
  private static final String SUFFIX = ".class";

  /** Writes the folder, which gets the program's name, into another one. */
  Path write(Path into) throws IOException {
    Path folder = Files.createDirectory(into.resolve(name));
    Files.writeString(folder.resolve(FACTS), className + "\n" + classes + "\n");
    for (Map.Entry<String, byte[]> file : classFiles.entrySet()) {
      Files.write(folder.resolve(file.getKey() + SUFFIX), file.getValue());
    }
    return folder;
  }

  static StoredProgram read(Path folder) throws IOException {
    List<String> facts = Files.readAllLines(folder.resolve(FACTS));
    Map<String, byte[]> classFiles = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
        String name = file.getFileName().toString();
        classFiles.put(
            name.substring(0, name.length() - SUFFIX.length()), Files.readAllBytes(file));
      }
    }
    String name = folder.getFileName().toString();
    return new StoredProgram(name, facts.get(0), Integer.parseInt(facts.get(1)), classFiles);
  }

  /** Makes instances of one and the same class. */
  Supplier<Program> programs() {
    MemoryLoader loader = new MemoryLoader(classFiles);
    return () -> loader.program(className);
  }
}
