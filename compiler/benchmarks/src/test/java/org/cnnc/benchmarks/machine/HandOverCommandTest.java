package org.cnnc.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.cnnc.benchmarks.Main;
import org.junit.jupiter.api.Test;

class HandOverCommandTest {
  @Test
  void aLineEachHalfSecond() {
    StringWriter out = new StringWriter();
    int exitCode =
        Main.commandLine().setOut(new PrintWriter(out)).execute("hand-over", "--seconds", "0.6");
    assertThat(exitCode).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.matches(" +0[.][05] s: \\d+[.]\\d ns a line"));
  }
}
