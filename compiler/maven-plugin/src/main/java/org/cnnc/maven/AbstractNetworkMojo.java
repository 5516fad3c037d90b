package org.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramMemoryError;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.training.data.FileProblems;

/** What all goals share: where networks lie, and how mistakes and bugs are told apart. */
abstract class AbstractNetworkMojo extends AbstractMojo {
  /**
   * Folder with the networks. A file in its subfolder {@code org/example} makes classes of the
   * package {@code org.example}. Example: <code>${project.basedir}/src/networks</code>.
   */
  @Parameter(
      property = "cnnc.sourceDirectory",
      defaultValue = "${project.basedir}/src/main/cnnc",
      required = true)
  File sourceDirectory;

  /**
   * Package of the networks that lie in the source folder itself; those in subfolders get packages
   * below it. Without it they get the unnamed package. Example: {@code org.example.pictures}.
   */
  @Parameter(property = "cnnc.packageName")
  String packageName;

  /**
   * Whether the tiles are used that {@code cnnc tune} found and wrote beside a network ({@code
   * Digits.tune}). They change the speed and no result. Example: {@code false}.
   */
  @Parameter(property = "cnnc.tune", defaultValue = "true")
  boolean tune;

  /** Does nothing. Example: {@code mvn package -Dcnnc.skip}. */
  @Parameter(property = "cnnc.skip", defaultValue = "false")
  boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  MavenProject project;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  MojoExecution execution;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("Skipped, as cnnc.skip says");
      return;
    }
    try {
      run();
    } catch (SourceException e) {
      throw new MojoFailureException(e.getMessage(), e);
    } catch (IOException e) {
      throw new MojoFailureException(FileProblems.describe(e), e);
    } catch (InternalCompilerError e) {
      throw bug(e);
    } catch (IllegalStateException | UncheckedIOException e) {
      throw FileProblems.behind(e)
          .<MojoFailureException>map(io -> new MojoFailureException(FileProblems.describe(io), e))
          .orElseThrow(() -> bug(e));
    } catch (ProgramMemoryError e) {
      throw new MojoFailureException(
          "not enough memory: "
              + e.getMessage()
              + "; MAVEN_OPTS="
              + e.heapOption()
              + " allows more",
          e);
    } catch (OutOfMemoryError e) {
      throw new MojoFailureException(
          "not enough memory (" + e.getMessage() + "); MAVEN_OPTS=-Xmx8g allows more", e);
    }
  }

  private static MojoExecutionException bug(Throwable failure) {
    return new MojoExecutionException("this is a bug in cnnc: " + failure.getMessage(), failure);
  }

  /** Does the goal's work. */
  abstract void run() throws IOException, SourceException, MojoFailureException;

  final NetworkFolder networkFolder() {
    return new NetworkFolder(
        sourceDirectory.toPath(), Optional.ofNullable(packageName).orElse("").strip());
  }

  /** Options with what {@code cnnc tune} found, unless it is not wanted. */
  final CompilerOptions tuned(CompilerOptions options, NetworkFile file, NetworkGraph graph)
      throws IOException {
    return tune ? options.withKernels(file.tiles(graph, getLog())) : options;
  }

  final Path baseFolder() {
    return project.getBasedir().toPath();
  }

  /** Maven copies the files of a folder, as they are, to the app's own classes. */
  final void addResources(File folder, String include) {
    project.addResource(resources(folder, include));
  }

  /** The same to the classes of the app's tests. */
  final void addTestResources(File folder, String include) {
    project.addTestResource(resources(folder, include));
  }

  private static Resource resources(File folder, String include) {
    Resource resource = new Resource();
    resource.setDirectory(folder.getPath());
    resource.setFiltering(false);
    resource.addInclude(include);
    return resource;
  }

  /**
   * Where the files of a goal go.
   *
   * @param copies where Maven copies resources to
   */
  final OutputFolders outputFolders(File sources, File classes, String copies) {
    return new OutputFolders(
        sources.toPath(),
        classes.toPath(),
        Path.of(copies),
        Path.of(project.getBuild().getDirectory(), "maven-status", "maven-compiler-plugin"));
  }

  /** Where this execution of the goal keeps its records. */
  final Path recordFolder() {
    String name = execution.getGoal() + "-" + execution.getExecutionId();
    return Path.of(project.getBuild().getDirectory(), "cnnc", name);
  }
}
