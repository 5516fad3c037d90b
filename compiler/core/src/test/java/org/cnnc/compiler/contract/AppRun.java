package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an app printed that a Java of its own ran, and the classes that this loaded. */
record AppRun(List<String> lines, List<String> classes) {
  private static final int SECONDS = 240;

  /**
   * Runs the class {@code org.example.App}.
   *
   * @param classPath folders of classes, and for each type named the jar or folder that has it
   * @param folder to work in
   * @param mode the app's argument
   * @param options of Java
   */
  static AppRun of(List<Object> classPath, Path folder, String mode, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-Xlog:class+load:file=classes.txt");
    command.add("-cp");
    command.add(
        classPath.stream().map(AppRun::place).collect(Collectors.joining(File.pathSeparator)));
    command.addAll(List.of("org.example.App", mode));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as("ends in time: " + text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    try (Stream<String> loaded = Files.lines(folder.resolve("classes.txt"))) {
      return new AppRun(
          text.lines().filter(line -> !line.startsWith("WARNING: Using incubator")).toList(),
          loaded.toList());
    }
  }

  private static String place(Object entry) {
    if (!(entry instanceof Class<?> type)) {
      return entry.toString();
    }
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a class was loaded whose line in the log has this text. */
  boolean loaded(String name) {
    return classes.stream().anyMatch(line -> line.contains(name));
  }
}
