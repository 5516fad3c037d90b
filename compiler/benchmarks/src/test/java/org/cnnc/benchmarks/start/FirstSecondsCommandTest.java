package org.cnnc.benchmarks.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.cnnc.benchmarks.Main;
import org.junit.jupiter.api.Test;

class FirstSecondsCommandTest {
  /** The test's own Java is older than a second by then, so a line may count a single step. */
  @Test
  void aLineTellsWhatWasLearntUntilThen() {
    StringWriter out = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .execute("first-seconds", "src/main/resources/networks/lenet28.net", "--seconds", "2");
    assertThat(exitCode).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(
            line -> line.matches("[{]\"net\":\"lenet28\",\"seconds\":[12],\"images\":[1-9]\\d*}"));
  }
}
