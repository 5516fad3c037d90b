package org.cnnc.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.cnnc.benchmarks.process.TimedProcess;
import org.cnnc.cli.Main;
import org.cnnc.runtime.Program;

/**
 * An app that loads a model and makes one prediction, as its user would build it: the files that
 * {@code cnnc model.net} writes and a class with {@code main}, compiled, in a jar with the weights.
 */
final class SmallApp {
  private static final String MAIN = "FirstPrediction";
  private static final String NOTHING = "Nothing";
  private static final String VECTORS = "jdk.incubator.vector";

  private static final String SOURCE =
      """
      public final class %s {
        public static void main(String[] arguments) {
          long begun = System.nanoTime();
          %s model = %s.load();
          long loaded = System.nanoTime();
          float[] scores = model.predict(new float[%d]);
          long answered = System.nanoTime();
          System.out.println(loaded - begun);
          System.out.println(answered - loaded);
          System.out.println(scores[0]);
        }
      }

      final class %s {
        public static void main(String[] arguments) {}
      }
      """;

  private final Path folder;
  private final Path jar;

  private SmallApp(Path folder) {
    this.folder = folder;
    this.jar = folder.resolve("app.jar");
  }

  /**
   * Builds it.
   *
   * @param folder for all of its files
   * @param name of the network, and so of its class
   * @param elements of an image
   * @throws IOException also if a compiler says no; why is printed
   */
  static SmallApp build(Path folder, Path model, Path weights, String name, int elements)
      throws IOException, InterruptedException {
    SmallApp app = new SmallApp(folder);
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    app.generate(model, sources);
    Files.writeString(
        sources.resolve(MAIN + ".java"), SOURCE.formatted(MAIN, name, name, elements, NOTHING));
    compile(sources, classes);
    Files.copy(weights, classes.resolve(name + ".safetensors"));
    pack(classes, app.jar);
    return app;
  }

  private void generate(Path model, Path sources) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(TimedProcess.java()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(model.toString(), "--predict-only", "--output", sources.toString()));
    new TimedProcess(command, folder).run();
  }

  private static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("this Java has no compiler; start this command with a JDK");
    }
    List<String> options = new ArrayList<>(List.of("-nowarn", "--add-modules", VECTORS));
    options.addAll(List.of("-cp", runtime().toString(), "-d", classes.toString()));
    try (Stream<Path> files = Files.list(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(options::add);
    }
    if (compiler.run(null, null, null, options.toArray(String[]::new)) != 0) {
      throw new IOException("javac refuses what was generated");
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> entries = Files.list(classes)) {
      for (Path entry : entries.sorted().toList()) {
        zip.putNextEntry(new ZipEntry(String.valueOf(entry.getFileName())));
        Files.copy(entry, zip);
        zip.closeEntry();
      }
    }
  }

  private static Path runtime() {
    return Path.of(
        URI.create(Program.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  /** Starts the app with some options of the VM; it prints two times in nanoseconds. */
  TimedProcess started(String... options) {
    return process(MAIN, options);
  }

  /** Starts a class that does nothing, from the same jar: what Java itself takes. */
  TimedProcess nothing() {
    return process(NOTHING);
  }

  private TimedProcess process(String main, String... options) {
    List<String> command = new ArrayList<>(List.of(TimedProcess.java()));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", jar + File.pathSeparator + runtime(), main));
    return new TimedProcess(command, folder);
  }
}
