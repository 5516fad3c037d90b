package org.cnnc.cli;

import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cnnc.cli.console.Console;

/** Runs several commands in one process, until one fails: so they are loaded and compiled once. */
final class Commands {
  private Commands() {}

  /**
   * Runs the commands of a file.
   *
   * @param arguments the file: one command a line, with tabs between its words
   */
  public static void main(String[] arguments) throws Exception {
    Console console =
        new Console(
            new OutputStreamWriter(System.out, StandardCharsets.UTF_8),
            new OutputStreamWriter(System.err, StandardCharsets.UTF_8),
            false);
    for (String command : Files.readAllLines(Path.of(arguments[0]))) {
      int exitCode = Main.run(console, command.split("\t", -1));
      if (exitCode != 0) {
        System.exit(exitCode);
      }
    }
  }
}
