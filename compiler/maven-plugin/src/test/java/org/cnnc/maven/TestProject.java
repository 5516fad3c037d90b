package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
import org.apache.maven.shared.invoker.MavenInvocationException;

/**
 * A project that real Maven builds are run in, offline, with the local repository that this
 * module's build has filled. Its folder has spaces and letters from outside ASCII in its name, as
 * folders of users have.
 */
final class TestProject {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  /** The network of the projects that have one. */
  static final String NETWORK = "src/main/cnnc/org/example/Stripes.net";

  /** For a Java that lives for seconds only. */
  static final String FAST_START = "-XX:TieredStopAtLevel=1";

  private static final Path REPOSITORY = TARGET.resolve("local-repository");
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "cnnc.version",
          System.getProperty("cnnc.version"),
          // Lets an offline build read the user's local repository, too.
          "aether.offline.protocols",
          "file",
          "argLine", // of tests that run in these builds
          FAST_START);

  private final Path folder;

  private TestProject(Path folder) {
    this.folder = folder;
  }

  /** How a build ended, and what it printed. */
  record Build(int exitCode, String log) {
    void expectSuccess() {
      assertThat(exitCode).as(log).isZero();
    }

    void expectFailure() {
      assertThat(exitCode).as(log).isNotZero();
      assertThat(log).doesNotContain("\tat "); // no stack trace for a mistake of the user
    }
  }

  /** A fresh copy of one of the projects in the resources. */
  static TestProject copyOf(String name, String test) throws IOException, URISyntaxException {
    Path template = Path.of(TestProject.class.getResource("/projects/" + name).toURI());
    Path folder = TARGET.resolve("builds").resolve("für " + test + " 北");
    if (Files.exists(folder)) {
      Files.walkFileTree(folder, new Deleting());
    }
    try (var files = Files.walk(template)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = folder.resolve(template.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    // Where the script finds no such folder it goes up to ours, and takes our options for Java.
    Files.createDirectory(folder.resolve(".mvn"));
    return new TestProject(folder);
  }

  Path folder() {
    return folder;
  }

  Path file(String path) {
    return folder.resolve(path);
  }

  /** Replaces text that is in a file. */
  void replace(String path, String old, String replacement) throws IOException {
    String text = Files.readString(file(path));
    assertThat(text).contains(old);
    Files.writeString(file(path), text.replace(old, replacement));
  }

  /** Gives the network's convolution a kernel that is larger than what it looks at. */
  void breakNetwork() throws IOException {
    replace(NETWORK, "kernel = 3", "kernel = 9");
  }

  /** A build that fails because of {@link #breakNetwork}, says so, and where. */
  Build brokenBuild(String... arguments) throws IOException, ReflectiveOperationException {
    Build broken = maven(arguments);
    broken.expectFailure();
    assertThat(broken.log())
        .contains("[ERROR] " + file(NETWORK) + ":[4,31] kernel 9x9 is larger than its input 8x8\n")
        .contains("1 error in networks, see above");
    return broken;
  }

  /** Runs {@code mvn -o} with these goals and options, in this virtual machine. */
  Build maven(String... arguments) throws IOException, ReflectiveOperationException {
    List<String> all =
        new ArrayList<>(
            List.of("-B", "-o", "-s", settings().toString(), "-Dmaven.repo.local=" + REPOSITORY));
    PROPERTIES.forEach((name, value) -> all.add("-D" + name + "=" + value));
    all.addAll(List.of(arguments));
    return InProcessMaven.installed().run(folder, all);
  }

  /**
   * The same in a process of its own, by the script that users run.
   *
   * @param options of the Java that runs Maven
   */
  Build mavenWith(String options, String... arguments)
      throws MavenInvocationException, IOException {
    StringBuilder log = new StringBuilder();
    Properties properties = new Properties();
    properties.putAll(PROPERTIES);
    InvocationRequest request =
        new DefaultInvocationRequest()
            .setBaseDirectory(folder.toFile())
            .addArgs(List.of(arguments))
            .setBatchMode(true)
            .setOffline(true)
            .setUserSettingsFile(settings().toFile())
            .setLocalRepositoryDirectory(REPOSITORY.toFile())
            .setProperties(properties)
            .setMavenOpts(options)
            .setJavaHome(Path.of(System.getProperty("java.home")).toFile())
            .setOutputHandler(line -> log.append(line).append('\n'));
    InvocationResult result =
        new DefaultInvoker()
            .setMavenHome(Path.of(System.getProperty("maven.home")).toFile())
            .execute(request);
    return new Build(result.getExitCode(), log.toString());
  }

  /** What is not ours comes from the user's local repository. Other processes run tests, too. */
  private static Path settings() throws IOException {
    Path user = Path.of(System.getProperty("cnnc.user.repository"));
    String repositories =
        """
        <id>user.local</id>
        <url>%s</url>
        <releases><checksumPolicy>ignore</checksumPolicy></releases>
        <snapshots><enabled>false</enabled></snapshots>
        """
            .formatted(user.toUri());
    return Files.writeString(
        TARGET.resolve("settings-" + ProcessHandle.current().pid() + ".xml"),
        """
        <settings><profiles><profile><id>tests</id>
        <activation><activeByDefault>true</activeByDefault></activation>
        <repositories><repository>%1$s</repository></repositories>
        <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
        </profile></profiles></settings>
        """
            .formatted(repositories));
  }

  /** What the compiled app answers. */
  float[] answer() throws IOException, ReflectiveOperationException {
    return answer("org.example.App", "");
  }

  /**
   * The same.
   *
   * @param app a class of the first module
   * @param modules folders of it and of those it depends on
   */
  float[] answer(String app, String... modules) throws IOException, ReflectiveOperationException {
    try (URLClassLoader loader = classes(modules)) {
      return (float[]) loader.loadClass(app).getMethod("answer").invoke(null);
    }
  }

  /** The classes that modules were built to; the project's own folder is the module "". */
  URLClassLoader classes(String... modules) throws IOException {
    URL[] urls = new URL[modules.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = file(modules[i]).resolve("target/classes").toUri().toURL();
    }
    return new URLClassLoader(urls, getClass().getClassLoader());
  }

  /** Removes a folder with all that is in it. */
  void delete(String path) throws IOException {
    Files.walkFileTree(file(path), new Deleting());
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
