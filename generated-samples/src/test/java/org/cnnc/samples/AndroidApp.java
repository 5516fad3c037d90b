package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.samples.BuiltSamples.outputOf;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an app for Android has of cnnc, as README says: the runtime, and classes for Java 11. */
final class AndroidApp {
  private AndroidApp() {}

  /** Compiles the sample's network; returns jar and class files. */
  static List<Path> compiledIn(Path folder) throws IOException, InterruptedException {
    Path classes = folder.resolve("classes");
    outputOf(
        JavaProcess.cnnc(
            BuiltSamples.HOUSE_PERSON_TREE.network().toString(),
            "--predict-only",
            "--emit",
            "bytecode",
            "--release",
            "11",
            "--package",
            "org.example",
            "--output",
            classes.toString()));
    Path inPackage = classes.resolve("org/example");
    assertThat(Files.readAllBytes(inPackage.resolve("HousePersonTreePrediction.class"))[7])
        .as("class files of Java 11")
        .isEqualTo((byte) 55);
    Files.delete(inPackage.resolve("HousePersonTreeImages.java")); // needs java.desktop
    AppBuild.run(
        "javac",
        "--release",
        "17",
        "-cp",
        AppBuild.artifact("cnnc-runtime") + File.pathSeparator + classes,
        inPackage.resolve("HousePersonTree.java").toString());
    try (Stream<Path> files = Files.walk(classes)) {
      return Stream.concat(
              Stream.of(AppBuild.artifact("cnnc-runtime")),
              files.filter(file -> file.toString().endsWith(".class")))
          .toList();
    }
  }
}
