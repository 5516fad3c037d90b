package org.cnnc.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that is started, waited for, and timed from outside.
 *
 * @param folder where it is started
 */
public record TimedProcess(List<String> command, Path folder) {
  public TimedProcess {
    command = List.copyOf(command);
  }

  /**
   * One run.
   *
   * @param milliseconds from before its start to after its end
   * @param lines what it printed
   */
  public record Run(double milliseconds, List<String> lines) {
    public Run {
      lines = List.copyOf(lines);
    }
  }

  /** The command {@code java} of the Java that runs this. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Runs it to its end; what it complains of appears among our messages.
   *
   * @throws IOException if it cannot be started, or does not exit with 0
   */
  public Run run() throws IOException, InterruptedException {
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
