package org.cnnc.samples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks into jars and class files. */
final class JavaTools {
  private JavaTools() {}

  /** Unpacks a jar into a folder, over what is there. */
  static void unpack(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> copy(zip, entry, folder));
    }
  }

  private static void copy(ZipFile zip, ZipEntry entry, Path folder) {
    Path target = folder.resolve(entry.getName());
    try {
      Files.createDirectories(target.getParent());
      Files.write(target, zip.getInputStream(entry).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that {@code javap} says of a class file. */
  static String disassembled(Path classFile) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    javap.run(writer, writer, "-p", "-c", "-constants", classFile.toString());
    return output.toString();
  }
}
