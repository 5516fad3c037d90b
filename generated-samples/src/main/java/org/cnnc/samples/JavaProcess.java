package org.cnnc.samples;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java program run as a process of its own.
 *
 * @param java the command that runs it
 * @param options what follows {@code java}: options, class or jar, arguments
 * @param folder where it runs; paths among its arguments start there
 */
record JavaProcess(Path java, List<String> options, Path folder) {
  JavaProcess {
    options = List.copyOf(options);
  }

  /** On the Java that runs this. */
  JavaProcess(List<String> options) {
    this(Path.of(System.getProperty("java.home"), "bin", "java"), options, Path.of(""));
  }

  /** The same on another Java. */
  JavaProcess on(Path otherJava) {
    return new JavaProcess(otherJava, options, folder);
  }

  /** The same in another folder. */
  JavaProcess in(Path otherFolder) {
    return new JavaProcess(java, options, otherFolder);
  }

  /** A class with a {@code main} method and its arguments. */
  static JavaProcess ofClass(String classpath, String mainClass, String... arguments) {
    List<String> options = new ArrayList<>(List.of("-cp", classpath, mainClass));
    options.addAll(List.of(arguments));
    return new JavaProcess(options);
  }

  /** The command {@code cnnc} of this build. */
  static JavaProcess cnnc(String... arguments) {
    return ofClass(System.getProperty("java.class.path"), "org.cnnc.cli.Main", arguments);
  }

  /** Exit code, and what was printed to both streams. */
  record Result(int exitCode, String output) {}

  /** Runs it, and keeps what it prints. */
  Result run() throws IOException, InterruptedException {
    Process process = builder().redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    return new Result(process.waitFor(), output);
  }

  /**
   * Runs it on the terminal, or whatever streams this process has.
   *
   * @throws IOException if it does not exit with 0
   */
  void runHere() throws IOException, InterruptedException {
    int exitCode = builder().inheritIO().start().waitFor();
    if (exitCode != 0) {
      throw new IOException("exit code " + exitCode + " of java " + String.join(" ", options));
    }
  }

  /** It, ready to start. */
  ProcessBuilder builder() {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    return new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
  }
}
