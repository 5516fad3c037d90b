package org.cnnc.maven;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.regex.Pattern.DOTALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.maven.TestProject.NETWORK;

import java.net.URLClassLoader;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.cnnc.maven.TestProject.Build;
import org.junit.jupiter.api.Test;

/** Builds with {@code cnnc:test}, as users run them: their own surefire runs the generated test. */
class TestGoalTest {
  private static final String WEIGHTS = "src/main/resources/org/example/Stripes.safetensors";
  private static final String KERNELS = "target/classes/org/example/StripesPrediction.class";
  private static final Pattern TEST_DEPENDENCY =
      Pattern.compile(
          "<dependency>(?:(?!</dependency>).)*<scope>test</scope>\\s*</dependency>", DOTALL);
  private static final String SHIPPED = "target/classes/org/example/Stripes.safetensors";

  @Test
  void theAppsOwnBuildVerifiesTheModel() throws Exception {
    TestProject project = TestProject.copyOf("tested", "test");
    project.replace(NETWORK, "image[1, 8, 8];", "image[1, 8, 8] { mean = 0.5; std = 0.25; }");
    Build noWeights = project.maven("test");
    noWeights.expectFailure();
    assertThat(noWeights.log())
        .contains(
            project.file(NETWORK)
                + ": expected the weights whose answers its test verifies, there is no "
                + project.file(SHIPPED)
                + "; train the network first, or lay its weights among the resources");

    Stripes.writeRandomWeights(project.file(WEIGHTS), 1);
    Build first = project.maven("test");
    first.expectSuccess();
    assertThat(first.log())
        .contains(
            "Made the test of org/example/Stripes.net to StripesModelTest.java,"
                + " Stripes.golden.safetensors, StripesTraining.class, ")
        .contains("  verifies golden answers, and gradients by central differences\n")
        .contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 1");
    assertThat(project.file("target/classes/org/example/StripesTraining.class")).doesNotExist();
    assertThat(project.file("target/test-classes/org/example/StripesTraining.class")).exists();
    expectPicturesPreparedAsTheFacadeSays(project);

    Build withVectors = project.maven("test", "-DargLine=--add-modules jdk.incubator.vector");
    withVectors.expectSuccess();
    assertThat(withVectors.log()).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");

    project.delete("target/classes"); // what was made comes back without being made again
    project.delete("target/test-classes");
    Build second = project.maven("test");
    second.expectSuccess();
    assertThat(second.log())
        .contains("Nothing to make - all tests of networks are up to date")
        .contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 1");

    byte[] right = Files.readAllBytes(project.file(KERNELS));
    Files.write(project.file(KERNELS), withMinimumForMaximum(right)); // relu and pooling go wrong
    Build wrong = project.maven("surefire:test");
    assertThat(wrong.exitCode()).isNotZero();
    assertThat(wrong.log())
        .contains("StripesModelTest.answersAreGolden")
        .contains("Stripes.golden.safetensors: image 0, output \"answer\"")
        .contains("Tests run: 3, Failures: 1, Errors: 0, Skipped: 1")
        .doesNotContain("this is no wrong answer");
    Files.write(project.file(KERNELS), right);

    Stripes.writeRandomWeights(project.file(SHIPPED), 2); // behind the back of the goal
    Build altered = project.maven("surefire:test");
    assertThat(altered.exitCode()).isNotZero();
    assertThat(altered.log())
        .contains("StripesModelTest.answersAreGolden")
        .contains("Stripes.golden.safetensors was made for the weights with SHA-256 ")
        .contains("; this is no wrong answer: let cnnc make the test anew")
        .contains("Tests run: 3, Failures: 1, Errors: 0, Skipped: 1");

    Stripes.writeRandomWeights(project.file(WEIGHTS), 2);
    Build otherWeights = project.maven("test");
    otherWeights.expectSuccess();
    assertThat(otherWeights.log()).contains("Made the test of org/example/Stripes.net to ");

    Files.delete(project.file(WEIGHTS));
    Files.delete(project.file(SHIPPED));
    project.maven("test", "-Dmaven.test.skip").expectSuccess();

    project.breakNetwork();
    project.brokenBuild("cnnc:test");
  }

  /** The class still says that it is of this model, but computes something else. */
  private static byte[] withMinimumForMaximum(byte[] classFile) {
    // One character for each byte; 1, 0, 3 begins a name of three letters.
    String text = new String(classFile, ISO_8859_1);
    assertThat(text).containsOnlyOnce("\1\0\3max");
    return text.replace("\1\0\3max", "\1\0\3min").getBytes(ISO_8859_1);
  }

  /** A picture that needs no resizing is answered as the numbers that its comment makes of it. */
  private static void expectPicturesPreparedAsTheFacadeSays(TestProject project) throws Exception {
    assertThat(project.file("target/generated-sources/cnnc/org/example/Stripes.java"))
        .content()
        .contains("An image [1, 8, 8] (channels, height, width) gives 2 scores,")
        .contains("(pixel * 0.003921569 - mean) / std, mean 0.5, std 0.25.");
    int[] argb = new int[64];
    float[] prepared = new float[64];
    for (int i = 0; i < argb.length; i++) {
      int grey = i * 37 % 256;
      argb[i] = 0xff000000 | grey * 0x010101;
      prepared[i] = (grey * 0.003921569f - 0.5f) / 0.25f;
    }
    try (URLClassLoader app = project.classes("")) {
      Class<?> type = app.loadClass("org.example.Stripes");
      Object model = type.getMethod("load").invoke(null);
      Object answer =
          type.getMethod("classify", int[].class, int.class, int.class).invoke(model, argb, 8, 8);
      float[] ofPicture = (float[]) answer.getClass().getMethod("scores").invoke(answer);
      float[] ofNumbers =
          (float[]) type.getMethod("predict", float[].class).invoke(model, prepared);
      assertThat(ofPicture).containsExactly(ofNumbers, Offset.offset(1e-5f));
      float[] asTheyAre =
          (float[]) type.getMethod("predict", float[].class).invoke(model, new float[64]);
      assertThat(Math.abs(ofNumbers[0] - asTheyAre[0])).isGreaterThan(1e-3f); // it does matter
    }
  }

  /** What the message says to add, added as it stands, makes the build pass. */
  @Test
  void missingDependenciesAreToldInAFormToBeCopied() throws Exception {
    TestProject project = TestProject.copyOf("tested", "test-dependencies");
    Stripes.writeRandomWeights(project.file(WEIGHTS), 1);
    String pom = Files.readString(project.file("pom.xml"));
    Matcher test = TEST_DEPENDENCY.matcher(pom);
    assertThat(test.results()).hasSize(2);
    Files.writeString(project.file("pom.xml"), test.reset().replaceAll(""));

    Build without = project.maven("test");
    without.expectFailure();
    assertThat(without.log())
        .contains(
            "the tests that cnnc:test makes need more than this project depends on; add to the"
                + " <dependencies> of "
                + project.file("pom.xml")
                + ":\n")
        .doesNotContain("COMPILATION ERROR");
    List<String> snippets =
        TEST_DEPENDENCY
            .matcher(without.log().replace("[ERROR] ", ""))
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertThat(snippets).hasSize(2);
    assertThat(snippets.get(0)).contains("<artifactId>cnnc-training<");
    assertThat(snippets.get(1)).contains("<artifactId>junit-jupiter<");

    project.replace("pom.xml", "</dependencies>", snippets.get(0) + "</dependencies>");
    Build onlyOne = project.maven("test");
    onlyOne.expectFailure();
    assertThat(onlyOne.log())
        .contains("<artifactId>junit-jupiter</artifactId>")
        .doesNotContain("<artifactId>cnnc-training</artifactId>");

    project.replace("pom.xml", "</dependencies>", snippets.get(1) + "</dependencies>");
    Build complete = project.maven("test");
    complete.expectSuccess();
    assertThat(complete.log()).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 1");
  }
}
