package org.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.cnnc.grammar.source.SourceException;

/**
 * Makes a test of each network, which the app's build runs with its own: for {@code Digits.net} the
 * class {@code DigitsModelTest}.
 *
 * <p>It verifies, on the Java that runs the tests, that the class that the app names answers some
 * images as an interpreter did when this goal ran, bit for bit, with the weights that ship; and for
 * networks with a loss that their gradients are right, by central differences. The class that
 * trains is made for the test alone, unless the app has it; if the app has one that trains with
 * vectors, its gradients are compared, too, where Java has the Vector API.
 *
 * <p>The app needs {@code cnnc-training} and JUnit Jupiter, in the scope of tests; where they are
 * missing, the goal says what to add.
 */
@Mojo(
    name = "test",
    defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES,
    requiresDependencyResolution = ResolutionScope.TEST,
    threadSafe = true)
public final class TestMojo extends AbstractNetworkMojo {
  /**
   * Folder for generated tests; it becomes a root of test sources. Example: <code>
   * ${project.basedir}/src/generated-test/java</code>.
   */
  @Parameter(
      property = "cnnc.testOutputDirectory",
      defaultValue = "${project.build.directory}/generated-test-sources/cnnc",
      required = true)
  File testOutputDirectory;

  /**
   * Folder for golden answers and bytecode; it becomes a folder of test resources. Example: <code>
   * ${project.build.directory}/golden</code>.
   */
  @Parameter(
      property = "cnnc.testResourcesDirectory",
      defaultValue = "${project.build.directory}/generated-test-resources/cnnc",
      required = true)
  File testResourcesDirectory;

  /**
   * Form of the classes that compute, as {@code cnnc:compile} makes them. Example: {@code source}.
   */
  @Parameter(property = "cnnc.kernels", defaultValue = "bytecode", required = true)
  String kernels;

  /**
   * Which of these classes the app has: {@code plain}, {@code vector} or {@code both}; without it
   * those that {@code cnnc:compile} makes. Example: {@code plain}.
   */
  @Parameter(property = "cnnc.kernelTarget")
  String target;

  /**
   * Whether the app has the classes that train, as {@code cnnc:compile} makes them. Example: {@code
   * true}.
   */
  @Parameter(property = "cnnc.training", defaultValue = "false")
  boolean training;

  /** Does nothing, as Maven compiles no tests then. Example: {@code true}. */
  @Parameter(property = "maven.test.skip", defaultValue = "false")
  boolean skipTest;

  @Override
  void run() throws IOException, SourceException, MojoFailureException {
    if (skipTest) {
      getLog().info("Skipped, as maven.test.skip says");
      return;
    }
    if (!networkFolder().networks().isEmpty()) {
      new TestDependencies(project, execution.getVersion()).expectThere();
    }
    project.addTestCompileSourceRoot(testOutputDirectory.getPath());
    addTestResources(testResourcesDirectory, "**");
    CompileSettings settings = CompileSettings.of(kernels, target, training, List.of(), tune);
    Path classes = Path.of(project.getBuild().getOutputDirectory());
    OutputFolders folders =
        outputFolders(
            testOutputDirectory,
            testResourcesDirectory,
            project.getBuild().getTestOutputDirectory());
    NetworkProduct.Maker maker = new ModelTestProduct.Maker(getLog(), settings, classes);
    new NetworkCompilation(getLog(), baseFolder(), recordFolder(), folders, maker)
        .compile(networkFolder());
  }
}
