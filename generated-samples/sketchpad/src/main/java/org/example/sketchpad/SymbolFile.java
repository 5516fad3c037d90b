package org.example.sketchpad;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The file that keeps what was taught: names and drawings, as JSON. Weights are not kept: the same
 * drawings are learnt to the same bits again.
 *
 * @param path where it is, or will be
 */
record SymbolFile(Path path) {
  /**
   * The symbols of the file; none if it is not there.
   *
   * @throws IOException if it cannot be read or is no file of symbols
   */
  List<Symbol> read() throws IOException {
    if (Files.notExists(path)) {
      return List.of();
    }
    try {
      List<Symbol> symbols = Json.MAPPER.readValue(path.toFile(), new TypeReference<>() {});
      if (symbols == null || symbols.stream().anyMatch(Objects::isNull)) {
        throw new IOException(path + ": not a file of symbols: expected a list, without null");
      }
      Set<String> names = new HashSet<>(Classroom.DIGITS);
      boolean different = symbols.stream().allMatch(symbol -> names.add(symbol.name()));
      if (!different || symbols.size() > Classroom.MOST_SYMBOLS) {
        throw new IOException(
            path + ": expected at most " + Classroom.MOST_SYMBOLS + " symbols of different names");
      }
      return symbols;
    } catch (JacksonException e) {
      throw new IOException(path + ": not a file of symbols: " + Json.reason(e), e);
    }
  }

  /** Replaces the file, whole or not at all. */
  void write(List<Symbol> symbols) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, "symbols", ".tmp");
    try {
      Json.MAPPER.writeValue(temporary.toFile(), symbols);
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
