package org.cnnc.benchmarks.comparison;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cnnc.benchmarks.process.TimedProcess;

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
    return new TimedProcess(command, Path.of("").toAbsolutePath())
        .run().lines().stream()
            .filter(line -> line.startsWith("{"))
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
  }
}
