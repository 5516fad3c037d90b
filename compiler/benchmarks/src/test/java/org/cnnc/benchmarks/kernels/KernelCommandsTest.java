package org.cnnc.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.cnnc.benchmarks.Main;
import org.junit.jupiter.api.Test;

/** The commands that measure single layers, each with as little work as possible. */
class KernelCommandsTest {
  private static List<String> run(String... arguments) {
    StringWriter out = new StringWriter();
    assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute(arguments)).isZero();
    return out.toString().lines().toList();
  }

  @Test
  void scalingHasARowASize() {
    List<String> lines =
        run("scaling", "CHANNELS", "--sizes", "2,3", "--seconds", "0", "--warmup", "0");
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).matches("channels +predict, us +GFLOP/s +train, us +GFLOP/s");
    assertThat(lines.get(2)).matches(" +3( +[0-9,]+[.]\\d){4}");
  }

  @Test
  void kernelsAreSharesOfThePeakOfTheSameRun() {
    List<String> lines = run("kernels", "LENET28_CONV1", "--targets", "plain", "--seconds", "0.01");
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).matches("peak of a core: \\d+[.]\\d GFLOP/s");
    assertThat(lines.get(2))
        .matches("lenet28_conv1 +predict +plain +0[.]31 +[0-9.]+ [+]- \\S+ +\\d+[.]\\d +\\d+ %");
  }

  /** The result depends on nothing but the chains, so a wrong loop would show. */
  @Test
  void theLoopOfThePeakDoesItsMultiplyAdds() throws IOException {
    FmaLoop loop = FmaLoop.compile();
    assertThat(loop.run()).isEqualTo(12 * 2.0); // each chain goes to 2 = 0.5 * 2 + 1
    assertThat(loop.flops() % (2 * 12 * 10_000)).isZero();
    assertThat(loop.flops()).isPositive();
  }
}
