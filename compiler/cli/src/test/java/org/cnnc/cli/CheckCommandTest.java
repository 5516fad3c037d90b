package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.report.testing.AppArrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
  private static final String CLASS_FILES = "class files";
  private static final Pattern SPACE = Pattern.compile(" ");

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
  }

  @Test
  void withinItsBudgetAModelPasses() {
    Cnnc.Result result =
        Cnnc.run(
            "check",
            model,
            "--max-train-arena",
            "1M",
            "--max-predict-arena",
            "20k",
            "--max-class-bytes",
            "60K");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .hasLineCount(4)
        .containsPattern("prediction arena +[0-9,]+ +[0-9,]+ +20,480 +conv1 [0-9,]+")
        .containsPattern("training arena +[0-9,]+ +[0-9,]+ +1,048,576 +[a-z0-9]+ [0-9,]+")
        .containsPattern("class files +[0-9,]+ +61,440 +\\(shared\\) [0-9,]+");
  }

  @Test
  void aModelThatCostsTooMuchFailsWithTheLayersThatCostMost() {
    long bytes = bytes(Cnnc.run("check", model, "--json").out(), "prediction arena");
    Cnnc.Result result =
        Cnnc.run("check", model, "--max-predict-arena", bytes - 1, "--max-train-arena", "1G");
    assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(result.err())
        .hasLineCount(1)
        .startsWith("error: " + model + ": prediction arena: ")
        .contains(" bytes, 1 above the limit of ")
        .contains("most by conv1 ");
    assertThat(Cnnc.run("check", model, "--max-predict-arena", bytes).exitCode()).isZero();
  }

  @Test
  void programsCanReadIt() {
    Cnnc.Result result = Cnnc.run("check", model, "--json", "--max-class-bytes", 1);
    assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(result.out())
        .hasLineCount(1)
        .startsWith("{\"network\": \"Tiny\", \"within_budget\": false, \"costs\": [")
        .contains("\"limit\": 1, \"layers\": [{\"layer\": \"(shared)\", \"bytes\": ");
  }

  @Test
  void largerBatchesTakeALargerArena() {
    String small = Cnnc.run("check", model, "--json", "--batch", 2).out();
    String large = Cnnc.run("check", model, "--json", "--batch", 64).out();
    // The images alone: 62 more of 64 floats.
    assertThat(bytes(large, "training arena"))
        .isGreaterThanOrEqualTo(bytes(small, "training arena") + 62 * 64 * 4);
  }

  @Test
  void anAppThatOnlyPredictsShipsFewerClasses() {
    long all = bytes(Cnnc.run("check", model, "--json").out(), CLASS_FILES);
    long some = bytes(Cnnc.run("check", model, "--json", "--predict-only").out(), CLASS_FILES);
    assertThat(some).isPositive().isLessThan(all);
  }

  /** The same options as the classes were made with; files are weighed, and arrays measured. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--target plain --predict-only",
        "--target vector --predict-only",
        "--target both",
        "--package org.example.tones --target plain",
        "--package org.example.tones --keep conv1,relu1 --target plain",
        "--target plain --release 11"
      })
  void whatIsMeasuredIsWhatIsWritten(String choices) throws Exception {
    List<String> options = new ArrayList<>(List.of("--emit", "bytecode"));
    SPACE.splitAsStream(choices).forEach(options::add);
    assertThat(run(options, model, "-o", folder).exitCode()).isZero();
    AppArrays app = new AppArrays(folder);
    Map<String, Long> made = new LinkedHashMap<>();
    made.put(CLASS_FILES, bytesOfClassFiles());
    made.put("prediction arena", largest("Prediction", app::scratchBytes));
    if (!choices.contains("--predict-only")) {
      made.put("training arena", largest("Training", app::arenaBytes));
    }
    String measured = run(options, "check", model, "--json").out();
    made.forEach((name, bytes) -> assertThat(bytes(measured, name)).as(name).isEqualTo(bytes));
    assertThat(checkWithin(made, 0, options).exitCode()).isZero();
    Cnnc.Result dear = checkWithin(made, 1, options);
    assertThat(dear.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(dear.err()).hasLineCount(made.size());
    made.keySet().forEach(name -> assertThat(dear.err()).contains(model + ": " + name + ": "));
  }

  /** Holds the model against limits that are so many bytes less than what it takes. */
  private Cnnc.Result checkWithin(Map<String, Long> made, long less, List<String> options) {
    Map<String, String> names =
        Map.of(
            "prediction arena",
            "--max-predict-arena",
            "training arena",
            "--max-train-arena",
            CLASS_FILES,
            "--max-class-bytes");
    List<String> all = new ArrayList<>(options);
    made.forEach((name, bytes) -> all.addAll(List.of(names.get(name), "" + (bytes - less))));
    return run(all, "check", model);
  }

  private interface Measure {
    long of(String className) throws IOException, ReflectiveOperationException;
  }

  /** Of the forms of a program, as each step works in one of them. */
  private long largest(String program, Measure measure) throws Exception {
    long largest = 0;
    for (Path file : classFiles()) {
      String name = folder.relativize(file).toString().replace(File.separatorChar, '.');
      if (name.matches("(.*\\.)?Tiny" + program + "(Vector)?\\.class")) {
        largest = Math.max(largest, measure.of(name.replace(".class", "")));
      }
    }
    return largest;
  }

  private static Cnnc.Result run(List<String> options, Object... first) {
    return Cnnc.run(Stream.concat(Stream.of(first), options.stream()).toArray());
  }

  private long bytesOfClassFiles() throws IOException {
    return classFiles().stream().mapToLong(file -> file.toFile().length()).sum();
  }

  private List<Path> classFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(".class")).toList();
    }
  }

  /** Sources have no size as classes: theirs is that of bytecode of the same programs. */
  @Test
  void sourcesAreMeasuredAsBytecodeInTheirUsualForm() {
    String sources = Cnnc.run("check", model, "--json").out();
    String plain =
        run(List.of("--emit", "bytecode", "--target", "plain"), "check", model, "--json").out();
    assertThat(sources).isEqualTo(plain);
  }

  @Test
  void whatTheCompilerWouldRefuseIsRefused() {
    assertThat(Cnnc.run("check", model, "--keep", "conv7").err()).contains("no value \"conv7\"");
    Cnnc.Result release = Cnnc.run("check", model, "--release", "11");
    assertThat(release.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(release.err()).contains("--release 11 needs --emit bytecode");
  }

  @Test
  void whatIsNoSizeIsWrongUsage() {
    Cnnc.Result result = Cnnc.run("check", model, "--max-class-bytes", "much");
    assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(result.err())
        .contains("expected a number of bytes as 4096, 200K, 8M or 1G, found \"much\"");
  }

  private static long bytes(String json, String resource) {
    Matcher number =
        Pattern.compile("\"resource\": \"" + resource + "\", \"bytes\": (\\d+)").matcher(json);
    assertThat(number.find()).as(json).isTrue();
    return Long.parseLong(number.group(1));
  }
}
