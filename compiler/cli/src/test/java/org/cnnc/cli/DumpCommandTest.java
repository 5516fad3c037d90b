package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpCommandTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
  }

  @Test
  void everyListedLevelHasAText() {
    String list = Cnnc.run("dump", model, "--list").out();
    assertThat(list.lines())
        .contains("syntax", "graph", "step", "loops", "unroll-loops", "plan", "source");
    for (String level : list.lines().toList()) {
      for (String program : new String[] {"prediction", "training"}) {
        Cnnc.Result result = Cnnc.run("dump", model, "--after", level, "--program", program);
        assertThat(result.exitCode()).as(level).isZero();
        assertThat(result.err()).as(level).isEmpty();
        assertThat(result.out()).as(level).isNotBlank().endsWith("\n");
      }
    }
  }

  @Test
  void levelsSayWhatTheyShould() {
    assertThat(dump("syntax")).startsWith("network Tiny {").contains("-> conv(2");
    assertThat(dump("graph")).contains("conv1 = conv(out=2,");
    assertThat(dump("loops")).contains("function conv1(");
    assertThat(dump("plan")).startsWith("class TinyPrediction from tiny.net\n");
    assertThat(dump("source")).contains("public final class TinyPrediction implements Program");
  }

  private String dump(String level) {
    return Cnnc.run("dump", model, "--after", level).out();
  }

  @Test
  void allShowsTheLevelsInOrder() {
    String text = dump("all");
    assertThat(text).startsWith("=== syntax\nnetwork Tiny {");
    assertThat(text.lines().filter(line -> line.startsWith("=== ")))
        .startsWith(
            "=== syntax", "=== graph", "=== step", "=== schedule", "=== memory", "=== loops")
        .endsWith("=== plan", "=== source");
  }

  @Test
  void wrongLevelsAreNamed() {
    Cnnc.Result result = Cnnc.run("dump", model, "--after", "grahp");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("no level or pass \"grahp\"; did you mean \"graph\"?");
    assertThat(Cnnc.run("dump", model).exitCode()).isEqualTo(2);
  }
}
