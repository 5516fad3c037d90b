package org.cnnc.maven;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;

/**
 * Single goals on a project without a build around them, where that would add nothing: Maven's own
 * code sets their parameters, by the plugin's descriptor and what is given as {@code -D}.
 */
final class Goals {
  private static final String DESCRIPTOR = "/META-INF/maven/plugin.xml";

  private final Path folder;
  private final PluginDescriptor plugin;

  Goals(Path folder) throws Exception {
    this.folder = folder;
    try (InputStream in = Goals.class.getResourceAsStream(DESCRIPTOR);
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      plugin = new PluginDescriptorBuilder().build(text);
    }
  }

  /**
   * How a goal ended.
   *
   * @param log lines as Maven prints them
   * @param failure what fails the build, if anything
   * @param project with the roots that the goal added
   */
  record Run(String log, Optional<MojoFailureException> failure, MavenProject project) {}

  /** A project as Maven makes one of a pom that says no more than what tests need. */
  private MavenProject project() {
    Build build = new Build();
    build.setDirectory(folder.resolve("target").toString());
    build.setOutputDirectory(folder.resolve("target/classes").toString());
    build.setTestOutputDirectory(folder.resolve("target/test-classes").toString());
    Model model = new Model();
    model.setBuild(build);
    Resource resources = new Resource();
    resources.setDirectory(folder.resolve("src/main/resources").toString());
    build.addResource(resources);
    MavenProject project = new MavenProject(model);
    project.setFile(folder.resolve("pom.xml").toFile());
    project.setArtifacts(
        Set.of(
            artifact("org.cnnc", "cnnc-training"),
            artifact("org.junit.jupiter", "junit-jupiter-api")));
    return project;
  }

  private static Artifact artifact(String group, String name) {
    return new DefaultArtifact(group, name, "1", "test", "jar", "", new DefaultArtifactHandler());
  }

  /**
   * Runs a goal.
   *
   * @param properties as {@code -D} sets them
   */
  Run run(String goal, Map<String, String> properties) throws Exception {
    return run(project(), goal, properties);
  }

  private Run run(MavenProject project, String goal, Map<String, String> properties)
      throws Exception {
    MojoDescriptor descriptor = plugin.getMojo(goal);
    MojoExecution execution = new MojoExecution(descriptor, "default");
    Class<?> type = Class.forName(descriptor.getImplementation());
    Mojo mojo = type.asSubclass(Mojo.class).getConstructor().newInstance();
    new BasicComponentConfigurator()
        .configureComponent(
            mojo,
            descriptor.getMojoConfiguration(),
            new PluginParameterExpressionEvaluator(session(project, properties), execution),
            new ClassWorld("tests", Goals.class.getClassLoader()).getClassRealm("tests"));
    Lines lines = new Lines();
    mojo.setLog(lines);
    try {
      mojo.execute();
      return new Run(lines.text.toString(), Optional.empty(), project);
    } catch (MojoFailureException e) {
      return new Run(lines.text.toString(), Optional.of(e), project);
    }
  }

  @SuppressWarnings("deprecation") // nobody but Maven makes sessions
  private static MavenSession session(MavenProject project, Map<String, String> properties) {
    Properties user = new Properties();
    user.putAll(properties);
    MavenSession session =
        new MavenSession(
            null,
            null,
            new DefaultMavenExecutionRequest().setUserProperties(user),
            new DefaultMavenExecutionResult());
    session.setCurrentProject(project);
    return session;
  }

  /** The log. */
  private static final class Lines extends SystemStreamLog {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void info(CharSequence message) {
      add("INFO", message);
    }

    @Override
    public void warn(CharSequence message) {
      add("WARNING", message);
    }

    @Override
    public void error(CharSequence message) {
      add("ERROR", message);
    }

    private void add(String level, CharSequence message) {
      text.append('[').append(level).append("] ").append(message).append('\n');
    }
  }
}
