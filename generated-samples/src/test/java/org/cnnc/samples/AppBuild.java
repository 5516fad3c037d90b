package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A small app around the sample's network, built with the JDK's tools against the jar of the
 * runtime that users get.
 */
final class AppBuild {
  static final String MODULE = "org.example.app";
  static final String MAIN = "org.example.app.Main";

  private static final Path RESOURCES = Path.of("src", "test", "resources", "app");
  private static final Path REPOSITORY = Path.of("target", "local-repository", "org", "cnnc");

  private final Path folder;

  private AppBuild(Path folder) {
    this.folder = folder;
  }

  /** Builds the app's modular jar in a folder. */
  static AppBuild in(Path folder) throws IOException, InterruptedException {
    AppBuild build = new AppBuild(folder);
    Path sources = folder.resolve("sources");
    Path inPackage = sources.resolve("org/example/app");
    BuiltSamples.outputOf(
        JavaProcess.cnnc(
            BuiltSamples.HOUSE_PERSON_TREE.network().toString(),
            "--predict-only",
            "--emit",
            "bytecode",
            "--package",
            MODULE,
            "--output",
            sources.toString()));
    Files.delete(inPackage.resolve("HousePersonTreeImages.java")); // needs java.desktop
    Files.copy(RESOURCES.resolve("Main.java"), inPackage.resolve("Main.java"));
    Files.copy(RESOURCES.resolve("module-info.java"), sources.resolve("module-info.java"));
    build.takeKernels(inPackage);
    build.compile(sources);
    Path resources = build.classes().resolve("org/example/app");
    Files.copy(
        BuiltSamples.HOUSE_PERSON_TREE.weights(), resources.resolve("HousePersonTree.safetensors"));
    run("jar", "--create", "--file", build.jar().toString(), "-C", build.classes().toString(), ".");
    return build;
  }

  /** Brings bytecode to where javac puts its own, as the Maven plugin does. */
  private void takeKernels(Path generated) throws IOException {
    Path target = classes().resolve("org/example/app");
    Files.createDirectories(target);
    List<Path> kernels;
    try (Stream<Path> files = Files.list(generated)) {
      kernels = files.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : kernels) {
      Files.move(file, target.resolve(file.getFileName()));
    }
  }

  private void compile(Path sources) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--release", "17", "-Xlint:all", "-Werror", "-d", classes().toString()));
    arguments.addAll(List.of("--module-path", artifact("cnnc-runtime").toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    run("javac", arguments.toArray(new String[0]));
  }

  /** A jar as the build installs it. */
  static Path artifact(String name) throws IOException {
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve(name))) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  /** Runs a tool of the JDK, which must end well. */
  static void run(String tool, String... arguments) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output, true);
    int exitCode = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
    assertThat(exitCode).as(tool + ": " + output).isZero();
  }

  Path classes() {
    return folder.resolve("classes");
  }

  Path jar() {
    return folder.resolve("app.jar");
  }
}
