package org.cnnc.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.AtomicFiles;

/**
 * What a goal did the last time: of which inputs it made which files. It is the memory by which a
 * build knows that there is nothing to do, and which files nobody needs any more. A text of lines:
 * the fingerprint of the inputs, then for each output its own and its path.
 *
 * @param inputs fingerprint of all that the outputs depend on; empty if nothing is known
 * @param outputs fingerprints of the outputs, by their files
 */
record BuildRecord(String inputs, Map<Path, String> outputs) {
  private static final String INPUTS = "inputs ";
  private static final int DIGITS = 64;

  /** A record of files that were just made. */
  static BuildRecord of(String inputs, List<Path> files) throws IOException {
    Map<Path, String> outputs = new LinkedHashMap<>();
    for (Path file : files) {
      outputs.put(file, Fingerprint.of(file));
    }
    return new BuildRecord(inputs, outputs);
  }

  /**
   * Reads a record; what is missing or unreadable counts as knowing nothing.
   *
   * @param base folder that paths in the record start from
   */
  static BuildRecord read(Path file, Path base) throws IOException {
    Map<Path, String> outputs = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return new BuildRecord("", outputs);
    }
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.get(0).startsWith(INPUTS)) {
      return new BuildRecord("", outputs);
    }
    for (String line : lines.subList(1, lines.size())) {
      if (line.length() > DIGITS) {
        outputs.put(base.resolve(line.substring(DIGITS + 1)), line.substring(0, DIGITS));
      }
    }
    return new BuildRecord(lines.get(0).substring(INPUTS.length()), outputs);
  }

  /** Writes the record; see {@link #read}. */
  void write(Path file, Path base) throws IOException {
    List<String> lines = new ArrayList<>(List.of(INPUTS + inputs));
    outputs.forEach(
        (output, fingerprint) ->
            lines.add(fingerprint + " " + relative(output, base).replace('\\', '/')));
    Files.createDirectories(file.getParent());
    String text = String.join("\n", lines) + "\n";
    AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String relative(Path output, Path base) {
    boolean sameRoot = output.isAbsolute() && base.getRoot().equals(output.getRoot());
    return (sameRoot ? base.relativize(output) : output).toString();
  }

  /** Whether the same inputs were used, and every output is still as it was made. */
  boolean isCurrent(String nowInputs) throws IOException {
    if (!inputs.equals(nowInputs)) {
      return false;
    }
    for (Map.Entry<Path, String> output : outputs.entrySet()) {
      Path file = output.getKey();
      if (!Files.isRegularFile(file) || !Fingerprint.of(file).equals(output.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** The same, and whether this is one of the outputs: a parameter may name another place now. */
  boolean isCurrent(String nowInputs, Path output) throws IOException {
    Path wanted = output.normalize(); // paths of a record have lost their dots
    return outputs.keySet().stream().anyMatch(known -> known.normalize().equals(wanted))
        && isCurrent(nowInputs);
  }
}
