package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path out;

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    out = folder.resolve("generated");
  }

  @Test
  void generatedSourcesCompile() throws IOException {
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--package", "org.example");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("network Tiny, no errors")
        .contains("wrote " + out.resolve("org/example/TinyPrediction.java"))
        .contains("wrote " + out.resolve("org/example/TinyTraining.java"));
    StringWriter messages = new StringWriter();
    assertThat(compiles(javaFiles(), messages, "--release", "17")).as(messages.toString()).isTrue();
  }

  private List<Path> javaFiles() throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private boolean compiles(List<Path> files, StringWriter messages, String... java)
      throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      List<String> options = new ArrayList<>(List.of(java));
      options.addAll(
          List.of(
              "-proc:none",
              "-d",
              folder.resolve("classes").toString(),
              "-cp",
              System.getProperty("java.class.path")));
      return javac
          .getTask(
              messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
          .call();
    }
  }

  @Test
  void predictionAloneMakesNoClassThatTrains() {
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--predict-only", "--emit", "bytecode");
    assertThat(result.exitCode()).isZero();
    assertThat(out.resolve("TinyPrediction.class")).isRegularFile();
    assertThat(out.resolve("TinyTraining.class")).doesNotExist();
  }

  @Test
  void sourceOfTheVectorApiCompilesWhereItsModuleIsAdded() throws IOException {
    for (String target : List.of("both", "vector")) {
      Path sources = out.resolve(target);
      Cnnc.Result result = Cnnc.run(model, "-o", sources, "--target", target);
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(sources.resolve("TinyPredictionVector.java")).isRegularFile();
      assertThat(sources.resolve("TinyTrainingVector.java")).isRegularFile();
      assertThat(Files.exists(sources.resolve("TinyPrediction.java")))
          .isEqualTo(target.equals("both"));
      List<Path> files;
      try (Stream<Path> listed = Files.list(sources)) {
        files = listed.toList();
      }
      StringWriter messages = new StringWriter();
      assertThat(compiles(files, messages, "--add-modules", "jdk.incubator.vector"))
          .as(messages.toString())
          .isTrue();
      assertThat(compiles(files, messages)).isFalse();
    }
  }

  @Test
  void bytecodeIsOfBothTargetsUnlessToldOtherwise() {
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--predict-only", "--emit", "bytecode");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder(
            "Tiny.java",
            "TinyImages.java",
            "TinyPrediction.class",
            "TinyPrediction$Scratch.class",
            "TinyPredictionVector.class",
            "TinyPredictionVector$Scratch.class");
    for (String[] plain : new String[][] {{"--target", "plain"}, {"--release", "11"}}) {
      Path folderOfPlain = out.resolve(plain[1]);
      Cnnc.run(model, "-o", folderOfPlain, "--emit", "bytecode", plain[0], plain[1]);
      assertThat(folderOfPlain.resolve("TinyTraining.class")).isRegularFile();
      assertThat(folderOfPlain.resolve("TinyTrainingVector.class")).doesNotExist();
    }
  }

  @Test
  void valuesCanBeKeptToBeRead() throws IOException {
    Cnnc.run(model, "-o", out);
    Path prediction = out.resolve("TinyPrediction.java");
    assertThat(prediction).content().doesNotContain("value \"relu1\"");
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--keep", "conv1,relu1", "--keep", "scores");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(prediction)
        .content()
        .contains("value \"conv1\" dims 2 8 8")
        .contains("value \"relu1\" dims 2 8 8")
        .contains("value \"scores\" dims 2");
  }

  @Test
  void aValueToKeepMustBeThere() {
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--keep", "rel1");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("error: " + model + ": no value \"rel1\"; did you mean \"relu1\"?\n");
    assertThat(out).doesNotExist();
  }

  @Test
  void bytecodeCanBeForOlderJava() throws IOException {
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--emit", "bytecode", "--release", "11");
    assertThat(result.exitCode()).isZero();
    for (String name : List.of("TinyPrediction", "TinyPrediction$Scratch", "TinyTraining")) {
      byte[] file = Files.readAllBytes(out.resolve(name + ".class"));
      assertThat((file[6] << 8) | file[7]).as("version of " + name).isEqualTo(55);
    }
    Cnnc.run(model, "-o", out, "--emit", "bytecode");
    assertThat(Files.readAllBytes(out.resolve("TinyTraining.class"))[7]).isEqualTo((byte) 61);
  }

  @Test
  void theClassTellsOfItsWeights() throws IOException {
    Path weights = folder.resolve("tiny.safetensors");
    Path data = TinyFiles.tensors(folder.resolve("data.safetensors"), 20);
    Cnnc.Result trained =
        Cnnc.run("train", model, "--data", data, "--out", weights, "--validation", "last:5");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Map<String, String> metadata = Safetensors.read(weights).metadata();
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--weights", weights);
    assertThat(result.err()).isEmpty();
    assertThat(Files.readString(out.resolve("Tiny.java")))
        .contains("Accuracy " + metadata.get("cnnc.validation.accuracy"))
        .contains("on validation data: " + metadata.get("cnnc.validation"))
        .contains("Trained on: " + metadata.get("cnnc.data"))
        .contains("weights of epoch " + metadata.get("cnnc.epoch") + ", by cnnc")
        .doesNotContain("unknown");
    assertThat(compiles(javaFiles(), new StringWriter(), "--release", "17")).isTrue();
  }

  @Test
  void weightsOfAnotherModelAreRefused() throws IOException {
    Path weights = folder.resolve("other.safetensors");
    new Safetensors("w", Map.of("cnnc.hash", "abc"), Map.of()).write(weights);
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--weights", weights);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: " + weights).contains("found hash abc");
    assertThat(out).doesNotExist();
  }

  @Test
  void secondRunChangesNothing() throws IOException {
    Cnnc.run(model, "-o", out);
    Path file = out.resolve("TinyPrediction.java");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    assertThat(Cnnc.run(model, "-o", out).out()).contains("unchanged " + file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1_000_000));
  }

  @Test
  void olderGeneratedFilesAreReplaced() throws IOException {
    Cnnc.run(model, "-o", out);
    TinyFiles.write(model, TinyFiles.CONVOLUTION.replace("conv(2,", "conv(3,"));
    assertThat(Cnnc.run(model, "-o", out).out())
        .contains("replaced " + out.resolve("TinyPrediction.java"));
  }

  @Test
  void filesOfTheUserAreNotReplaced() throws IOException {
    Files.createDirectories(out);
    Path mine = Files.writeString(out.resolve("TinyTraining.java"), "class TinyTraining {}");
    Cnnc.Result result = Cnnc.run(model, "-o", out);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "error: "
                + mine
                + ": exists and was not made by cnnc; choose another folder with -o\n");
    assertThat(mine).hasContent("class TinyTraining {}");
    assertThat(out.resolve("TinyPrediction.java")).doesNotExist();
  }

  @Test
  void errorsPointAtTheText() throws IOException {
    TinyFiles.write(model, TinyFiles.CONVOLUTION.replace("maxpool(2)", "maxpol(2)"));
    Cnnc.Result result = Cnnc.run(model, "-o", out);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("error[CNN").contains(model + ":3:").contains("maxpool");
    assertThat(out).doesNotExist();
  }

  @Test
  void errorsCanBeReadByPrograms() throws IOException {
    TinyFiles.write(model, TinyFiles.CONVOLUTION.replace("maxpool(2)", "maxpol(2)"));
    Cnnc.Result result = Cnnc.run(model, "-o", out, "--json");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("[{").contains("\"code\":\"CNN").endsWith("}]\n");
  }

  @Test
  void aCutModelIsAnErrorAtItsEnd() throws IOException {
    int half = TinyFiles.CONVOLUTION.length() / 2;
    TinyFiles.write(model, TinyFiles.CONVOLUTION.substring(0, half));
    Cnnc.Result result = Cnnc.run(model, "-o", out);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("error[CNN").doesNotContain("Exception");
    assertThat(out).doesNotExist();
  }

  @Test
  void wrongUsageIsTwo() {
    List<Cnnc.Result> results = new ArrayList<>();
    results.add(Cnnc.run());
    results.add(Cnnc.run(model, "--no-such-option"));
    results.add(Cnnc.run(model, "--target", "fast"));
    results.add(Cnnc.run(model, "--emit", "bytecode", "--release", "11", "--target", "both"));
    results.add(Cnnc.run(model, "--emit", "wasm"));
    results.add(Cnnc.run(model, "--package", "not-a-package"));
    results.add(Cnnc.run(model, "--emit", "bytecode", "--release", "10"));
    results.add(Cnnc.run(model, "--release", "11"));
    results.add(Cnnc.run(model, model));
    results.add(Cnnc.run("sumary", model));
    results.add(Cnnc.run(model, "--package", "p".repeat(70_000), "--emit", "bytecode"));
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.exitCode()).isEqualTo(2);
              assertThat(result.out()).isEmpty();
              assertThat(result.err()).startsWith("error: ").endsWith("try: cnnc --help\n");
            });
    assertThat(results.get(2).err())
        .contains("option '--target': expected plain or vector or both, found 'fast'");
    assertThat(results.get(3).err())
        .contains(
            "--release 11 goes with --target plain: the Vector API needs class files of Java 17");
    assertThat(results.get(4).err())
        .contains("option '--emit': expected source or bytecode, found 'wasm'");
    assertThat(results.get(6).err()).contains("expected 11 or 17, found 10");
    assertThat(results.get(7).err()).contains("--release 11 needs --emit bytecode");
    assertThat(results.get(9).err()).contains("did you mean \"summary\"?");
    assertThat(results.get(10).err())
        .startsWith("error: --package: expected at most 1000 characters, found 70000\n");
  }

  @Test
  void missingModelIsNamed() {
    Cnnc.Result result = Cnnc.run(folder.resolve("none.net"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("error: " + folder.resolve("none.net") + ": no such file\n");
  }

  @Test
  void outputBelowAFileIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Cnnc.Result result = Cnnc.run(model, "-o", file.resolve("below"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: " + file).doesNotContain("Exception");
    assertThat(file).hasContent("mine");
  }
}
