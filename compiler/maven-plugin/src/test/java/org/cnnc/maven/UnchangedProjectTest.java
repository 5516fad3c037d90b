package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.cnnc.maven.Goals.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goals do when there is nothing to do: they tell Maven where things are, and no more. */
class UnchangedProjectTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;
  private Path network;
  private Goals goals;

  @BeforeEach
  void write() throws Exception {
    network = Stripes.writeNetwork(folder);
    goals = new Goals(folder);
  }

  @Test
  void generatedSourcesAndClassesAreFoundAgain() throws Exception {
    run("compile");
    List<Path> made = filesOf("target/generated-sources/cnnc", "target/generated-resources/cnnc");
    assertThat(made).hasSize(6);
    Run again = runAgain("compile", made);
    assertThat(again.log()).isEqualTo("[INFO] Nothing to compile - all networks are up to date\n");
    expectSourcesAndClasses(again.project());

    Files.writeString(network, Stripes.text().replace("kernel = 3", "kernel = 9"));
    Run broken = goals.run("compile", Map.of());
    assertThat(broken.failure()).isPresent();
    expectSourcesAndClasses(broken.project()); // or an IDE would lose them at each mistake
  }

  private void expectSourcesAndClasses(MavenProject project) {
    assertThat(project.getCompileSourceRoots()).containsExactly(path("generated-sources/cnnc"));
    expectResources(project.getResources(), "generated-resources/cnnc", "**/*.class");
    assertThat(project.getTestCompileSourceRoots()).isEmpty();
  }

  @Test
  void generatedTestsAreFoundAgain() throws Exception {
    Stripes.writeRandomWeights(folder.resolve("target/classes/org/example/Stripes.safetensors"), 1);
    run("test");
    List<Path> made =
        filesOf("target/generated-test-sources/cnnc", "target/generated-test-resources/cnnc");
    assertThat(made).hasSize(4);
    Run again = runAgain("test", made);
    assertThat(again.log())
        .isEqualTo("[INFO] Nothing to make - all tests of networks are up to date\n");
    MavenProject project = again.project();
    assertThat(project.getTestCompileSourceRoots())
        .containsExactly(path("generated-test-sources/cnnc"));
    expectResources(project.getTestResources(), "generated-test-resources/cnnc", "**");
    assertThat(project.getCompileSourceRoots()).isEmpty();
  }

  private void expectResources(List<Resource> resources, String place, String include) {
    Resource last = resources.get(resources.size() - 1);
    assertThat(last.getDirectory()).isEqualTo(path(place));
    assertThat(last.getIncludes()).containsExactly(include);
    assertThat(last.isFiltering()).isFalse(); // it would break bytecode
  }

  private Run run(String goal) throws Exception {
    Run run = goals.run(goal, Map.of());
    assertThat(run.failure()).isEmpty();
    return run;
  }

  private Run runAgain(String goal, List<Path> made) throws Exception {
    for (Path file : made) {
      Files.setLastModifiedTime(file, LONG_AGO);
    }
    Run again = run(goal);
    for (Path file : made) {
      assertThat(Files.getLastModifiedTime(file)).as("%s", file).isEqualTo(LONG_AGO);
    }
    return again;
  }

  private List<Path> filesOf(String... folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : folders) {
      try (Stream<Path> all = Files.walk(folder.resolve(name))) {
        all.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }

  private String path(String place) {
    return folder.resolve("target").resolve(place).toString();
  }
}
