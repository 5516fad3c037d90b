package org.cnnc.maven;

import static java.util.regex.Pattern.DOTALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnc.maven.TestProject.Build;
import org.junit.jupiter.api.Test;

/** Builds with {@code cnnc:test}, as users run them: their own surefire runs the generated test. */
class TestGoalTest {
  private static final String NETWORK = "src/main/cnnc/org/example/Stripes.net";
  private static final String WEIGHTS = "src/main/resources/org/example/Stripes.safetensors";
  private static final Pattern TEST_DEPENDENCY =
      Pattern.compile(
          "<dependency>(?:(?!</dependency>).)*<scope>test</scope>\\s*</dependency>", DOTALL);
  private static final String SHIPPED = "target/classes/org/example/Stripes.safetensors";

  @Test
  void theAppsOwnBuildVerifiesTheModel() throws Exception {
    TestProject project = TestProject.copyOf("tested", "test");
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

    Build withVectors = project.maven("test", "-DargLine=--add-modules jdk.incubator.vector");
    withVectors.expectSuccess();
    assertThat(withVectors.log()).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");

    Build second = project.maven("test");
    second.expectSuccess();
    assertThat(second.log())
        .contains("Nothing to make - all tests of networks are up to date")
        .contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 1");

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
