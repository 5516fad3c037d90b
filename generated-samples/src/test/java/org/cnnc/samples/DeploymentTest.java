package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.samples.AppBuild.MAIN;
import static org.cnnc.samples.AppBuild.MODULE;
import static org.cnnc.samples.BuiltSamples.outputOf;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The same app in the surroundings in which apps run; it always gives the same answer. */
class DeploymentTest {
  /** What the JDK writes files with, or starts a program that could. */
  private static final String WRITING =
      "java/io/(File|FileOutputStream|RandomAccessFile|FileWriter|PrintStream|PrintWriter)\\."
          + "|java/nio/channels/(FileChannel|AsynchronousFileChannel)\\."
          + "|java/nio/file/Files\\.(create|write|copy|move|delete|set|newOutput|newBufferedWriter)"
          + "|java/nio/file/spi|java/lang/ProcessBuilder|java/lang/Runtime\\.exec";

  @TempDir private static Path folder;

  private static AppBuild app;
  private static Path runtime;
  private static String answer;

  @BeforeAll
  static void build() throws Exception {
    app = AppBuild.in(folder);
    runtime = AppBuild.artifact("cnnc-runtime");
    List<String> lines = lines("-cp", app.jar() + File.pathSeparator + runtime, MAIN);
    answer = lines.get(0);
    assertThat(answer).matches("(HOUSE|PERSON|TREE) \\[.*, .*, .*]");
    assertThat(lines.get(1)).endsWith("module null, runtime null");
  }

  private static List<String> lines(String... options) throws IOException, InterruptedException {
    return outputOf(new JavaProcess(List.of(options)))
        .lines()
        .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
        .toList();
  }

  /** The app's module says nothing of the Vector API, which only a module that reads it may use. */
  @Test
  void withVectorsInEverySurrounding() throws Exception {
    String[] vectors = {"--add-modules", "jdk.incubator.vector", "-Dcnnc.target=vector"};
    String together = app.jar() + File.pathSeparator + runtime;
    for (String[] place :
        List.of(
            new String[] {"-cp", together, MAIN},
            new String[] {"-p", together, "-m", MODULE + "/" + MAIN})) {
      List<String> options = new ArrayList<>(List.of(vectors));
      options.addAll(List.of(place));
      List<String> lines = lines(options.toArray(new String[0]));
      assertThat(lines.get(0)).isEqualTo(answer);
      assertThat(lines.get(2)).isEqualTo("vectors true");
    }
  }

  @Test
  void inOneJarWithAllItNeeds() throws Exception {
    Path together = Files.createDirectory(folder.resolve("together"));
    for (Path jar : List.of(runtime, app.jar())) {
      JavaTools.unpack(jar, together);
    }
    Files.delete(together.resolve("module-info.class"));
    Path jar = folder.resolve("fat.jar");
    AppBuild.run(
        "jar",
        "--create",
        "--file",
        jar.toString(),
        "--main-class",
        MAIN,
        "-C",
        together.toString(),
        ".");
    assertThat(lines("-jar", jar.toString()).get(0)).isEqualTo(answer);
  }

  @Test
  void onTheModulePath() throws Exception {
    List<String> lines =
        lines("-p", app.jar() + File.pathSeparator + runtime, "-m", MODULE + "/" + MAIN);
    assertThat(lines.get(0)).isEqualTo(answer);
    assertThat(lines.get(1)).endsWith("module org.example.app, runtime org.cnnc.runtime");
  }

  @Test
  void inAnImageWithoutTheDesktop() throws Exception {
    Path image = folder.resolve("image");
    AppBuild.run(
        "jlink",
        "--module-path",
        app.jar() + File.pathSeparator + runtime,
        "--add-modules",
        MODULE,
        "--strip-debug",
        "--output",
        image.toString());
    Path java = image.resolve("bin").resolve("java");
    JavaProcess program = new JavaProcess(List.of("-m", MODULE + "/" + MAIN)).on(java);
    assertThat(outputOf(program).lines())
        .containsExactly(
            answer,
            "desktop false, module org.example.app, runtime org.cnnc.runtime",
            "vectors false");
    assertThat(outputOf(new JavaProcess(List.of("--list-modules")).on(java)).lines())
        .extracting(line -> line.replaceAll("@.*", ""))
        .containsExactlyInAnyOrder("java.base", "org.cnnc.runtime", "org.example.app");
  }

  /** Asking touches no file but the app's own: there may be none that can be written. */
  @Test
  void withoutAPlaceToWrite() throws Exception {
    assertThat(
            lines(
                "-Djava.io.tmpdir=" + folder.resolve("no such folder"),
                "-XX:-UsePerfData",
                "-cp",
                app.jar() + File.pathSeparator + runtime,
                MAIN))
        .contains(answer);
    Map<String, String> classes = disassembledClasses();
    assertThat(mentioning(classes, WRITING)).containsExactly("org.cnnc.runtime.AtomicFiles");
    assertThat(mentioning(classes, "java/nio/file/Files\\.newByteChannel"))
        .as("what reads weights; opened without an option, a channel is for reading")
        .containsExactly("org.cnnc.runtime.Safetensors");
    assertThat(mentioning(classes, "org/cnnc/runtime/AtomicFiles"))
        .as("what saves weights, when asked to")
        .filteredOn(name -> !name.startsWith("org.cnnc.runtime.AtomicFiles"))
        .containsExactly("org.cnnc.runtime.Safetensors");
  }

  /** Where a file may not get a byte, whoever runs it; in all folders, and on every Unix. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // has no such limit
  void whereNoFileMayGrow() throws Exception {
    for (String target : List.of("plain", "vector")) {
      JavaProcess program = withoutBytesForFiles(classifier(target));
      assertThat(outputOf(program).lines()).contains(answer, "vectors " + target.equals("vector"));
    }
    Path file = folder.resolve("grown");
    JavaProcess writing =
        withoutBytesForFiles(List.of("dd", "if=/dev/zero", "of=" + file, "count=1"));
    assertThat(writing.run().exitCode()).as("who writes fails").isNotZero();
    assertThat(file).isEmptyFile();
  }

  /** Words of a command that asks the classifier, and makes no file of its own. */
  private List<String> classifier(String target) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "-Dcnnc.target=" + target,
        "-XX:-UsePerfData",
        "-cp",
        app.jar() + File.pathSeparator + runtime,
        MAIN);
  }

  private static JavaProcess withoutBytesForFiles(List<String> command) {
    List<String> words = new ArrayList<>(List.of("-c", "ulimit -f 0 && exec \"$@\"", "sh"));
    words.addAll(command);
    return new JavaProcess(words).on(Path.of("sh"));
  }

  /** Root may write where permissions forbid it, but not to what is mounted read-only. */
  @Test
  void onAReadOnlyFileSystem() throws Exception {
    OwnMounts.assumeThere("DeploymentTest.onAReadOnlyFileSystem");
    String script = Path.of("src/test/resources/app/read-only.sh").toAbsolutePath().toString();
    for (String target : List.of("plain", "vector")) {
      List<String> command = new ArrayList<>(List.of("sh", script));
      command.addAll(classifier(target));
      JavaProcess program = OwnMounts.process(command.toArray(String[]::new));
      assertThat(outputOf(program).lines())
          .contains(answer, "vectors " + target.equals("vector"))
          .noneMatch(line -> line.contains("still writable"));
    }
  }

  /** Classes whose code mentions what a pattern describes. */
  private static List<String> mentioning(Map<String, String> classes, String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    return classes.entrySet().stream()
        .filter(type -> wanted.matcher(type.getValue()).find())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Classes of the runtime and of the app by name, but for the one that prints the answer. */
  private static Map<String, String> disassembledClasses() throws IOException {
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    JavaTools.unpack(runtime, unpacked);
    JavaTools.unpack(app.jar(), unpacked);
    Files.delete(unpacked.resolve("org/example/app/Main.class"));
    Map<String, String> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(unpacked)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".class")) {
          String name = unpacked.relativize(file).toString().replace(File.separatorChar, '.');
          classes.put(name.replace(".class", ""), JavaTools.disassembled(file));
        }
      }
    }
    return classes;
  }
}
