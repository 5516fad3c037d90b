package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** README's lines for Gradle, in Gradle: in the profile {@code gradle} alone, as that is large. */
@EnabledIfSystemProperty(named = "cnnc.gradle", matches = "true")
class GradleTest {
  private static final Pattern LINES = Pattern.compile("(?s)```groovy\n(.*?)```");

  /** Debian's Gradle takes Java 12 for the newest. */
  private static final String JAVA_17 =
      "compileJava.options.compilerArgs += ['-source', '17', '-target', '17']\n";

  private static final Path NEWER_GRADLE = Path.of("target", "gradle");

  @TempDir private Path folder;

  private Path project;

  /** A project with README's lines, and an app that uses the class. */
  @BeforeEach
  void writeProject() throws IOException {
    project = Files.createDirectory(folder.resolve("project"));
    Matcher lines = LINES.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(lines.find()).isTrue();
    assertThat(lines.group(1)).hasLineCount(2);
    String runtime = AppBuild.artifact("cnnc-runtime").toAbsolutePath().toString();
    Files.writeString(
        project.resolve("build.gradle"),
        "apply plugin: 'java'\n"
            + lines.group(1)
            + "dependencies { implementation files('"
            + runtime
            + "') }\n"
            + JAVA_17);
    Path network = project.resolve("src/main/cnnc/Digits.net");
    Files.createDirectories(network.getParent());
    Files.copy(Path.of("digits/src/main/cnnc/org/example/digits/Digits.net"), network);
    Path app = project.resolve("src/main/java/org/example/App.java");
    Files.createDirectories(app.getParent());
    Files.writeString(app, "package org.example;\nclass App { Digits model = Digits.load(); }\n");
  }

  @Test
  void gradleBuildsAnApp() throws Exception {
    assertThat(gradle()).contains(":cnnc\n", "BUILD SUCCESSFUL");
    assertThat(project.resolve("build/classes/java/main/org/example"))
        .isDirectoryContaining("glob:**/App.class")
        .isDirectoryContaining("glob:**/Digits.class")
        .isDirectoryContaining("glob:**/DigitsPrediction.class");
    assertThat(gradle()).as("what cnnc leaves alone is not compiled again").contains("UP-TO-DATE");
  }

  @Test
  void aMistakeInTheTextEndsTheBuild() throws Exception {
    Path network = project.resolve("src/main/cnnc/Digits.net");
    Files.writeString(network, Files.readString(network).replace("relu", "rellu"));
    assertThat(gradle()).contains("unknown layer `rellu`", "BUILD FAILED");
  }

  private String gradle() throws IOException, InterruptedException {
    String home = folder.resolve("home").toString();
    return outputOf(
        new ProcessBuilder("gradle", "--offline", "--no-daemon", "-g", home, "compileJava"));
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_23) // the newest that this Gradle runs on
  void aNewerGradleReadsTheLinesAndRunsTheTask() throws Exception {
    ProcessBuilder reading =
        new JavaProcess(
                List.of(
                    "--add-opens",
                    "java.base/java.lang=ALL-UNNAMED",
                    "-cp",
                    NEWER_GRADLE.toAbsolutePath() + File.separator + "*",
                    "groovy.ui.GroovyMain",
                    Path.of("src/test/resources/gradle/read.groovy").toAbsolutePath().toString(),
                    project.toString(),
                    folder.resolve("home").toString()))
            .builder();
    assertThat(outputOf(reading).lines())
        .contains(
            "compileJava needs [cnnc]",
            "compileJava takes [App.java, Digits.java, DigitsImages.java, DigitsPrediction.java]")
        .anyMatch(line -> line.matches("Gradle [89].*"));
  }

  /** What a process prints in the project, with this build's command on the path. */
  private String outputOf(ProcessBuilder process) throws IOException, InterruptedException {
    String launcher = Path.of("../compiler/cli/target").toAbsolutePath().normalize().toString();
    process
        .environment()
        .merge("PATH", launcher, (path, added) -> added + File.pathSeparator + path);
    Process running = process.directory(project.toFile()).redirectErrorStream(true).start();
    running.getOutputStream().close();
    String said = new String(running.getInputStream().readAllBytes(), Charset.defaultCharset());
    running.waitFor();
    return said;
  }
}
