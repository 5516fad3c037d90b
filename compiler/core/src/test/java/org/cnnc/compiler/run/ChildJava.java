package org.cnnc.compiler.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class of the tests run in a Java of its own, the same as this one, with other options. */
final class ChildJava {
  private ChildJava() {}

  /**
   * Runs a {@code main} method; its messages appear among ours.
   *
   * @param options of the virtual machine
   * @return what it prints, by lines
   * @throws IOException if it does not exit with 0; the message has what it printed
   */
  static List<String> run(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException("exit code " + exitCode + " of " + command + "\n" + output);
    }
    return output.lines().toList();
  }
}
