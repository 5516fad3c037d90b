package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.maven.TestProject.NETWORK;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cnnc.compiler.TuningFile;
import org.cnnc.maven.TestProject.Build;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.Test;

/** Builds with {@code cnnc:compile}, as users run them. */
class CompileGoalTest {
  private static final String WEIGHTS = "src/main/resources/org/example/Stripes.safetensors";
  private static final String FACADE = "target/generated-sources/cnnc/org/example/Stripes.java";
  private static final String KERNELS = "target/classes/org/example/StripesPrediction.class";
  private static final String VECTOR_KERNELS =
      "target/classes/org/example/StripesPredictionVector.class";
  private static final String KERNELS_SOURCE =
      "target/generated-sources/cnnc/org/example/StripesPrediction.java";
  private static final String APP = "target/classes/org/example/App.class";

  @Test
  void fromTheFirstBuildToAMistakeAndBack() throws Exception {
    TestProject project = TestProject.copyOf("app", "compile");
    Stripes.writeWeights(project.file(WEIGHTS), 4, 1, 1);

    Build first = project.mavenWith(TestProject.FAST_START, "process-classes");
    first.expectSuccess();
    assertThat(first.log())
        .contains("Compiled org/example/Stripes.net to Stripes.java")
        .containsPattern(
            "\\[INFO\\]   114 parameters; a prediction takes 1,368 multiply-adds and"
                + " [0-9,]+ bytes of memory\n")
        .contains("[INFO]   " + kernelBytes(project) + " bytes of classes that compute\n");
    expectWhatTheCompilerMakes(project);
    assertThat(project.file(FACADE))
        .content()
        .contains(" * <p>Compiled for these weights:\n * Accuracy 0.987500, ")
        .contains(" * Trained on: stripes, 80 pictures,\n");
    assertThat(project.answer()).containsExactly(0.5f, 0.5f);

    Map<String, Object> times = times(project);
    Stripes.writeWeights(project.file(WEIGHTS), 4, 100, -100);
    Files.setLastModifiedTime(project.file(NETWORK), FileTime.from(Instant.now())); // same text
    Files.delete(project.file(VECTOR_KERNELS)); // by an IDE, say
    Build changedWeights = project.maven("process-classes");
    changedWeights.expectSuccess();
    assertThat(changedWeights.log())
        .contains("Nothing to compile - all networks are up to date")
        .contains("Nothing to compile - all classes are up to date"); // says javac's plugin
    assertThat(times(project)).isEqualTo(times);
    expectWhatTheCompilerMakes(project);
    assertThat(project.answer()).containsExactly(1f, 0f);

    project.replace(NETWORK, "conv(4,", "conv(5,");
    Stripes.writeWeights(project.file(WEIGHTS), 5, -100, 100);
    project.maven("process-classes").expectSuccess();
    expectWhatTheCompilerMakes(project);
    assertThat(project.answer()).containsExactly(0f, 1f);

    project.breakNetwork();
    assertThat(project.brokenBuild("process-classes").log())
        .contains("^^^^^^^^^^ needs an input of at least 9x9\n");
    assertThat(project.file(FACADE)).exists(); // what was made before is still there for an IDE

    project.replace(NETWORK, "kernel = 9", "kernel = 3");
    project.maven("process-classes").expectSuccess();
    assertThat(project.answer()).containsExactly(0f, 1f);
  }

  @Test
  void theFormOfKernelsCanBeChangedWithoutCleaning() throws Exception {
    TestProject project = TestProject.copyOf("app", "kernels");
    Stripes.writeWeights(project.file(WEIGHTS), 4, 1, 1);

    Build source = project.maven("process-classes", "-Dcnnc.kernels=source");
    source.expectSuccess();
    assertThat(source.log()).contains(" bytes of sources that compute\n");
    assertThat(project.file(KERNELS_SOURCE)).content().contains("class StripesPrediction");
    assertThat(project.answer()).containsExactly(0.5f, 0.5f);

    project.maven("process-classes").expectSuccess();
    assertThat(project.file(KERNELS_SOURCE)).doesNotExist();
    expectWhatTheCompilerMakes(project);
    assertThat(project.answer()).containsExactly(0.5f, 0.5f);

    project.maven("process-classes", "-Dcnnc.kernelTarget=plain").expectSuccess();
    assertThat(project.file(VECTOR_KERNELS)).doesNotExist();
    assertThat(project.file(FACADE)).content().doesNotContain("Vector");
    assertThat(project.answer()).containsExactly(0.5f, 0.5f);

    Build unknown = project.maven("process-classes", "-Dcnnc.kernelTarget=fast");
    unknown.expectFailure();
    assertThat(unknown.log()).contains("parameter target: expected plain, vector or both");

    // The network moves away, and the app with it: nothing of it may stay.
    Files.delete(project.file("src/main/java/org/example/App.java"));
    Files.delete(project.file(NETWORK));
    Build empty = project.maven("process-classes");
    empty.expectSuccess();
    assertThat(empty.log()).contains("No networks in ");
    assertThat(project.file(KERNELS)).doesNotExist();
    assertThat(project.file(FACADE)).doesNotExist();
  }

  /** What {@code cnnc tune} wrote is an input of the classes like the network's text. */
  @Test
  void tilesBesideTheNetworkAreUsedUnlessTheyAreNotWanted() throws Exception {
    TestProject project = TestProject.copyOf("app", "tiles");
    Path network = project.file(NETWORK);
    Stripes.writeWeights(project.file(WEIGHTS), 4, 1, 1);
    project.maven("process-classes").expectSuccess();
    byte[] usual = Files.readAllBytes(project.file(KERNELS));

    Path tiles = Files.writeString(TuningFile.beside(network), Stripes.oddTiles(network));
    Build tuned = project.maven("process-classes");
    tuned.expectSuccess();
    assertThat(tuned.log()).contains("Compiled org/example/Stripes.net to ");
    assertThat(Files.readAllBytes(project.file(KERNELS))).isNotEqualTo(usual);
    assertThat(project.answer()).containsExactly(0.5f, 0.5f);
    project.delete("target/classes"); // by an IDE, or by hand
    Build again = project.maven("process-classes");
    again.expectSuccess();
    assertThat(again.log()).contains("Nothing to compile - all networks are up to date");
    assertThat(project.answer()).containsExactly(0.5f, 0.5f);

    project.maven("process-classes", "-Dcnnc.tune=false").expectSuccess();
    assertThat(Files.readAllBytes(project.file(KERNELS))).isEqualTo(usual);

    Files.writeString(tiles, "a song\n");
    Build foreign = project.maven("process-classes");
    foreign.expectSuccess();
    assertThat(foreign.log())
        .contains("[WARNING] " + network + ":[2,9] `Stripes.tune` is left aside: line 1 is not");
    assertThat(Files.readAllBytes(project.file(KERNELS))).isEqualTo(usual);
  }

  /** Two of them have classes of the same names; the third needs those of the first. */
  @Test
  void modulesThatAreBuiltInParallelKeepToThemselvesAndFindEachOther() throws Exception {
    TestProject project = TestProject.copyOf("modules", "modules");
    Stripes.writeWeights(project.file("first").resolve(WEIGHTS), 4, 100, -100);
    Stripes.writeWeights(
        project.file("third/src/main/resources/org/third/Stripes.safetensors"), 2, -100, 100);
    Map<String, String> networks =
        Map.of("first", "org/example", "second", "org/example", "third", "org/third");
    for (String module : networks.keySet()) {
      Stripes.draw(project.file(module + "/pictures"), 4);
      Stripes.draw(project.file(module + "/held-out"), 2);
    }
    Build both =
        project.maven(
            "-T2",
            "--projects=third,second,first",
            "process-classes",
            "cnnc:train",
            "-Dcnnc.data=pictures", // paths start from each module's folder
            "-Dcnnc.validation=held-out");
    both.expectSuccess();
    for (Map.Entry<String, String> network : networks.entrySet()) {
      Path module = project.file(network.getKey());
      String place = network.getValue();
      Path weights = module.resolve("target/generated-resources/cnnc-weights").resolve(place);
      assertThat(Safetensors.readMetadata(weights.resolve("Stripes.safetensors")))
          .containsEntry("cnnc.data", "pictures, 8 pictures")
          .containsEntry("cnnc.validation", "held-out, 4 pictures");
      Map<String, byte[]> expected =
          Stripes.compile(
              module.resolve("src/main/cnnc").resolve(place).resolve("Stripes.net"),
              place.replace('/', '.'));
      String kernels = place + "/StripesPrediction.class";
      assertThat(module.resolve("target/classes").resolve(kernels))
          .hasBinaryContent(expected.get(kernels));
    }
    assertThat(project.answer("org.third.App", "third", "first")).containsExactly(1, 0, 0, 1);
    assertThat(both.log()).doesNotContain("not marked @threadSafe");

    Path twin = project.file("first/src/main/cnnc/org/example/Twin.net");
    Files.copy(project.file("first/" + NETWORK), twin);
    Build twins = project.maven("-pl", "first", "process-classes");
    twins.expectFailure();
    assertThat(twins.log()).contains(twin + ": makes the same class as org/example/Stripes.net");
  }

  private static String kernelBytes(TestProject project) throws Exception {
    long bytes = 0;
    for (byte[] file : classes(Stripes.compile(project.file(NETWORK)))) {
      bytes += file.length;
    }
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private static List<byte[]> classes(Map<String, byte[]> files) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith(".class"))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Map<String, Object> times(TestProject project) throws Exception {
    Map<String, Object> times = new LinkedHashMap<>();
    for (String file : List.of(FACADE, KERNELS, APP)) {
      times.put(file, Files.getLastModifiedTime(project.file(file)));
    }
    return times;
  }

  private static void expectWhatTheCompilerMakes(TestProject project) throws Exception {
    Map<String, byte[]> expected = Stripes.compile(project.file(NETWORK));
    assertThat(Files.readAllBytes(project.file(KERNELS)))
        .isEqualTo(expected.get("org/example/StripesPrediction.class"));
    assertThat(Files.readAllBytes(project.file(VECTOR_KERNELS)))
        .isEqualTo(expected.get("org/example/StripesPredictionVector.class"));
    assertThat(Files.readAllBytes(project.file(FACADE)))
        .isEqualTo(expected.get("org/example/Stripes.java"));
  }
}
