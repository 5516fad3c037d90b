package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.ProgramKind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise "same bits everywhere" over the ways in which a virtual machine executes code: its
 * interpreter alone, C1 alone, and C2 after thousands of steps, each with 1, 2, 3 and 7 threads,
 * plain and with vectors, also those of machines with narrower ones. Our own interpreter says what
 * the bits are.
 */
@Timeout(900)
final class ExecutionModesTest {
  private static final List<String> NETWORKS =
      List.of("backends/lecture.net", "backends/activations.net");
  private static final int TARGETS = 2;
  private static final int NUMBERS_OF_THREADS = 4;

  /** An option of the VM, and how many steps to go before looking once more. */
  @ParameterizedTest
  @CsvSource({
    "-Xint, 0",
    "-XX:TieredStopAtLevel=1, 500",
    "-XX:+TieredCompilation, 6000",
    "-XX:MaxVectorSize=16, 1000"
  })
  void trainingGivesTheSameBitsHoweverItIsExecuted(String option, int warmUp)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(warmUp)));
    arguments.addAll(NETWORKS);
    List<String> seen =
        ChildJava.run(List.of(option), ObserveColdAndWarm.class, arguments.toArray(String[]::new));
    int looks = warmUp == 0 ? 1 : 2;
    assertThat(seen).hasSize(NETWORKS.size() * TARGETS * NUMBERS_OF_THREADS * looks);
    for (String network : NETWORKS) {
      String digest = interpreted(network);
      assertThat(seen.stream().filter(line -> line.contains(network)))
          .allMatch(line -> line.startsWith(digest + " "));
    }
  }

  private static String interpreted(String network) throws IOException {
    CompilationResult result = Texts.corpus(network);
    Observed expected =
        Observed.training(
            Backend.INTERPRETER.load(result.program(ProgramKind.TRAINING)),
            Texts.classes(result),
            ObserveColdAndWarm.STEPS,
            1);
    assertThat(expected.lossesAreFinite()).isTrue();
    return expected.digest();
  }
}
