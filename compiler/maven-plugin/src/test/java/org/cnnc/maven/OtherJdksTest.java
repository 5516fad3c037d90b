package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.cnnc.runtime.Program;
import org.junit.jupiter.api.Test;

/**
 * What a build on this Java makes answers the same on the JDKs that are installed beside it: a team
 * that builds with 17 ships for 25, say, or the reverse. CI runs this on both.
 */
class OtherJdksTest {
  private static final int OLDEST = 17;
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");
  private static final Path HOME = Path.of(System.getProperty("java.home"));

  @Test
  void theAppAnswersTheSameOnEachOfThem() throws Exception {
    Set<Path> others = others();
    String skipped = "OtherJdksTest is skipped, no other JDK beside " + HOME;
    if (others.isEmpty()) {
      System.out.println(skipped);
    }
    assumeFalse(others.isEmpty(), skipped);
    TestProject project = TestProject.copyOf("app", "other-jdks");
    Stripes.writeRandomWeights(
        project.file("src/main/resources/org/example/Stripes.safetensors"), 1);
    project.maven("process-classes").expectSuccess();
    float[] answer = project.answer();
    List<String> bits =
        IntStream.range(0, answer.length)
            .mapToObj(i -> String.valueOf(Float.floatToIntBits(answer[i])))
            .toList();
    assertThat(bits).doesNotHaveDuplicates();
    for (Path home : others) {
      for (String target : List.of("plain", "vector")) {
        assertThat(answerOn(home, target, project.file("target/classes")))
            .as("%s, %s", home, target)
            .isEqualTo(bits);
      }
    }
  }

  private static List<String> answerOn(Path home, String target, Path classes) throws Exception {
    Path runtime =
        Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin").resolve("java").toString(),
            TestProject.FAST_START,
            "--add-modules",
            "jdk.incubator.vector",
            "-Dcnnc.target=" + target,
            "-cp",
            classes + File.pathSeparator + runtime,
            "org.example.App");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().filter(line -> !line.startsWith("WARNING: Using incubator")).toList();
  }

  /** Homes of the JDKs that lie beside the one that runs this, new enough for the runtime. */
  private static Set<Path> others() throws IOException {
    Set<Path> homes = new TreeSet<>();
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(HOME.toRealPath().getParent())) {
      for (Path folder : beside) {
        if (version(folder) >= OLDEST) {
          homes.add(folder.toRealPath());
        }
      }
    }
    homes.remove(HOME.toRealPath());
    return homes;
  }

  /** The feature version of a Java; 0 where there is none. */
  private static int version(Path home) throws IOException {
    Path facts = home.resolve("release");
    if (!Files.exists(facts) || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
      return 0;
    }
    Matcher version = VERSION.matcher(Files.readString(facts));
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }
}
