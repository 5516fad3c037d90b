package org.cnnc.benchmarks.comparison;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A command that measures and prints a JSON object a line; what else it prints is passed over. Its
 * messages appear among ours.
 */
record MeasuringProcess(List<String> command) {
  MeasuringProcess {
    command = List.copyOf(command);
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if it cannot be started, or does not exit with 0
   */
  List<JsonObject> run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException("exit code " + exitCode + " of " + String.join(" ", command));
    }
    return output
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }
}
