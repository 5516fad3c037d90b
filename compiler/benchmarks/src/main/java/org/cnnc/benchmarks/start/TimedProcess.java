package org.cnnc.benchmarks.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program that is started, waited for, and timed from outside. */
record TimedProcess(String name, List<String> command) {
  TimedProcess {
    command = List.copyOf(command);
  }

  /**
   * One run.
   *
   * @param milliseconds from before its start to after its end
   * @param lines what it printed
   */
  record Run(double milliseconds, List<String> lines) {
    Run {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Runs it to its end, in a folder; what it complains of appears among our messages.
   *
   * @throws IOException if it cannot be started, or does not exit with 0
   */
  Run run(Path folder) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    long begin = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    double milliseconds = (System.nanoTime() - begin) * 1e-6;
    if (exitCode != 0) {
      throw new IOException("exit code " + exitCode + " of " + String.join(" ", command));
    }
    return new Run(milliseconds, output.lines().toList());
  }
}
