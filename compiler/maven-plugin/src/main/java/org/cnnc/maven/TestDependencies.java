package org.cnnc.maven;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;

/**
 * What generated tests are compiled and run with. Where it is missing, javac would find errors in
 * code that nobody wrote.
 *
 * @param project its dependencies are resolved, those of tests among them
 * @param version of cnnc
 */
record TestDependencies(MavenProject project, String version) {
  /** What our own build tests with; any from 5 on will do. */
  static final String JUNIT_VERSION = "6.1.3";

  /**
   * An artifact that the tests name.
   *
   * @param needed its name
   * @param brings what people depend on to get it
   */
  private record Needed(String group, String needed, String brings, String version) {}

  /** Fails with what to write into the pom, unless all is there. */
  void expectThere() throws MojoFailureException {
    String missing =
        Stream.of(
                new Needed("org.cnnc", "cnnc-training", "cnnc-training", version),
                new Needed(
                    "org.junit.jupiter", "junit-jupiter-api", "junit-jupiter", JUNIT_VERSION))
            .filter(library -> !isThere(library))
            .map(this::snippet)
            .collect(Collectors.joining());
    if (!missing.isEmpty()) {
      throw new MojoFailureException(
          "the tests that cnnc:test makes need more than this project depends on; add to the"
              + " <dependencies> of "
              + project.getFile()
              + ":\n"
              + missing);
    }
  }

  private boolean isThere(Needed library) {
    return project.getArtifacts().stream()
        .anyMatch(
            artifact ->
                artifact.getGroupId().equals(library.group())
                    && artifact.getArtifactId().equals(library.needed()));
  }

  private String snippet(Needed library) {
    String itsVersion =
        isManaged(library) ? "" : "\n  <version>" + library.version() + "</version>";
    return """
        <dependency>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>%s
          <scope>test</scope>
        </dependency>
        """
        .formatted(library.group(), library.brings(), itsVersion);
  }

  /** Whether the project, or a parent of it, says elsewhere which version it wants. */
  private boolean isManaged(Needed library) {
    DependencyManagement management = project.getDependencyManagement();
    List<Dependency> managed = management == null ? List.of() : management.getDependencies();
    return managed.stream()
        .anyMatch(
            dependency ->
                dependency.getGroupId().equals(library.group())
                    && dependency.getArtifactId().equals(library.brings()));
  }
}
