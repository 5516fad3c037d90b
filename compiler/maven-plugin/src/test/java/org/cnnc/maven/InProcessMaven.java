package org.cnnc.maven;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.cnnc.maven.TestProject.Build;

/**
 * The Maven that is installed, in this virtual machine: each build has its own container and class
 * loaders for plugins as on the command line, but Maven and javac are warm. That is most of the
 * time of a build this small.
 */
final class InProcessMaven {
  /** What Java itself says; the rest is of the build that runs these tests. */
  private static final Pattern OF_JAVA =
      Pattern.compile("(awt|file|java|jdk|line|native|os|path|std\\w+|sun|user)\\..*");

  private static InProcessMaven installed;

  private final Path home;
  private final Object classWorld;
  private final ClassLoader core;

  private InProcessMaven(Path home) throws IOException, ReflectiveOperationException {
    this.home = home;
    ClassLoader boot =
        new URLClassLoader(jars(home.resolve("boot")), ClassLoader.getPlatformClassLoader());
    Class<?> launcherType = boot.loadClass("org.codehaus.plexus.classworlds.launcher.Launcher");
    Object launcher = launcherType.getConstructor().newInstance();
    launcherType.getMethod("setSystemClassLoader", ClassLoader.class).invoke(launcher, boot);
    try (InputStream configuration = Files.newInputStream(home.resolve("bin/m2.conf"))) {
      launcherType.getMethod("configure", InputStream.class).invoke(launcher, configuration);
    }
    classWorld = launcherType.getMethod("getWorld").invoke(launcher);
    core = (ClassLoader) launcherType.getMethod("getMainRealm").invoke(launcher);
  }

  /** The Maven that runs these tests. */
  static synchronized InProcessMaven installed() throws IOException, ReflectiveOperationException {
    if (installed == null) {
      Path home = Path.of(System.getProperty("maven.home"));
      installed = within(home, home, () -> new InProcessMaven(home));
    }
    return installed;
  }

  private static URL[] jars(Path folder) throws IOException {
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path file : files) {
        jars.add(file.toUri().toURL());
      }
    }
    return jars.toArray(URL[]::new);
  }

  /** Runs {@code mvn} in a folder. */
  Build run(Path folder, List<String> arguments) throws IOException, ReflectiveOperationException {
    return within(home, folder, () -> doMain(folder, arguments));
  }

  private Build doMain(Path folder, List<String> arguments) throws ReflectiveOperationException {
    // Here Maven looks for what its log is like.
    Thread.currentThread().setContextClassLoader(core);
    Class<?> command = core.loadClass("org.apache.maven.cli.MavenCli");
    Method doMain =
        command.getMethod(
            "doMain", String[].class, String.class, PrintStream.class, PrintStream.class);
    Object maven = command.getConstructor(classWorld.getClass()).newInstance(classWorld);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
    Object exitCode =
        doMain.invoke(maven, arguments.toArray(String[]::new), folder.toString(), out, out);
    return new Build((Integer) exitCode, log.toString(StandardCharsets.UTF_8));
  }

  private interface Work<T> {
    T run() throws IOException, ReflectiveOperationException;
  }

  /** Maven takes its settings from the virtual machine, and leaves its own there. */
  private static <T> T within(Path home, Path folder, Work<T> work)
      throws IOException, ReflectiveOperationException {
    Properties ours = System.getProperties();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Properties clean = new Properties();
    ours.stringPropertyNames().stream()
        .filter(name -> OF_JAVA.matcher(name).matches())
        .forEach(name -> clean.setProperty(name, ours.getProperty(name)));
    clean.setProperty("maven.home", home.toString());
    clean.setProperty("maven.multiModuleProjectDirectory", folder.toString());
    System.setProperties(clean);
    try {
      return work.run();
    } finally {
      Thread.currentThread().setContextClassLoader(loader);
      System.setProperties(ours);
    }
  }
}
