package org.cnnc.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the README of a sample shows, and the copy of the sample that was built.
 *
 * @param sample its folder's name
 */
record SampleReadme(String sample) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
  private static final Pattern COMMAND = Pattern.compile("(mvn|java|cnnc|cp|curl) .*");
  private static final Pattern SPACE = Pattern.compile(" ");

  /** The lines that a reader types, in their order. */
  List<String> commands() throws IOException {
    return blocks().stream()
        .flatMap(String::lines)
        .filter(line -> COMMAND.matcher(line).matches())
        .toList();
  }

  /** Blocks that are in no language: commands, and what they print. */
  List<String> blocks() throws IOException {
    String text = Files.readString(Path.of(sample, "README.md"));
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).isEmpty())
        .map(block -> block.group(2))
        .toList();
  }

  /** Where a reader types: the sample's folder, after its build. */
  Path folder() {
    return Path.of("target", "samples", sample);
  }

  /** Runs one of the commands there, to its end; returns what it printed. */
  String run(String command) throws IOException, InterruptedException {
    return BuiltSamples.outputOf(process(command));
  }

  /** One of the commands, to be run there: {@code java} is this one, {@code cnnc} this build's. */
  JavaProcess process(String command) {
    List<String> words = SPACE.splitAsStream(command).toList();
    List<String> arguments = words.subList(1, words.size());
    JavaProcess process =
        switch (words.get(0)) {
          case "java" -> new JavaProcess(arguments);
          case "cnnc" -> JavaProcess.cnnc(arguments.toArray(new String[0]));
          default -> throw new IllegalArgumentException("no test runs " + command);
        };
    return process.in(folder());
  }
}
