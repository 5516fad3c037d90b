package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String CLASS_FILES = "class files";

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

  /** The files are weighed; behind the class that an app names, they keep one value more. */
  @Test
  void whatIsCountedIsWhatIsWritten() throws IOException {
    for (String target : List.of("plain", "vector", "both")) {
      Path out = folder.resolve(target);
      Cnnc.run(model, "--emit", "bytecode", "--target", target, "--predict-only", "-o", out);
      long written = 0;
      try (Stream<Path> files = Files.list(out)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
          written += Files.size(file);
        }
      }
      Cnnc.Result check = Cnnc.run("check", model, "--json", "--predict-only", "--target", target);
      assertThat(bytes(check.out(), CLASS_FILES)).isCloseTo(written, withinPercentage(3));
    }
    long plain = bytes(Cnnc.run("check", model, "--json", "--target", "plain").out(), CLASS_FILES);
    assertThat(bytes(Cnnc.run("check", model, "--json").out(), CLASS_FILES)).isEqualTo(plain);
    Cnnc.Result dear = Cnnc.run("check", model, "--target", "both", "--max-class-bytes", plain + 1);
    assertThat(dear.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(dear.err()).contains("class files: ").contains("; most by ");
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
