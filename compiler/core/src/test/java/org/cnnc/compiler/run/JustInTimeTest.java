package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.contract.MethodSizes;
import org.cnnc.compiler.schedule.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * HotSpot compiles every kernel of the benchmark networks with C2, as its own events tell (Flight
 * Recorder). What C2 refuses would go on in slower code for ever, without a word.
 */
@Timeout(900)
final class JustInTimeTest {
  /** HotSpot never compiles a method with more bytes. */
  private static final int HUGE_METHOD_LIMIT = 8000;

  /** What C2 compiles soon and well. */
  private static final int GOOD_METHOD_SIZE = 2000;

  private static final String PATIENCE = "120";
  private static final String A_MOMENT = "5";
  private static final String LENET = "networks/lenet28.net";

  @ParameterizedTest
  @CsvSource({
    "networks/lenet28.net, PLAIN",
    "networks/lenet28.net, VECTOR",
    "networks/lecture32.net, PLAIN",
    "networks/lecture32.net, VECTOR",
    "networks/winograd.net, PLAIN",
    "networks/winograd.net, VECTOR"
  })
  void everyKernelIsCompiledByC2(String network, String target)
      throws IOException, InterruptedException {
    List<String> report = train(List.of(), network, target, PATIENCE);
    assertThat(report).as("missing and failed").hasSize(1);
    assertThat(report.get(0)).matches("kernels [1-9]\\d+");
  }

  @ParameterizedTest
  @CsvSource({
    "networks/lenet28.net, PLAIN",
    "networks/lenet28.net, VECTOR",
    "networks/lecture32.net, PLAIN",
    "networks/lecture32.net, VECTOR",
    "networks/winograd.net, PLAIN",
    "networks/winograd.net, VECTOR"
  })
  void noMethodIsTooLargeToBeCompiled(String network, Target target) throws IOException {
    for (CompiledProgram program :
        Texts.corpus(network, CompilerOptions.DEFAULT.withTargets(target)).programs()) {
      program
          .classFiles()
          .forEach(
              (name, file) ->
                  assertThat(MethodSizes.of(file))
                      .as(name)
                      .allSatisfy(
                          (method, size) ->
                              assertThat(size).as(method).isLessThan(HUGE_METHOD_LIMIT)));
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void kernelsOfWinogradAreSmall(Target target) throws IOException {
    CompilerOptions options = CompilerOptions.DEFAULT.withTargets(target);
    for (CompiledProgram program : Texts.corpus("networks/winograd.net", options).programs()) {
      MethodSizes.of(program.classFiles().get(program.className()))
          .forEach(
              (method, size) -> {
                if (method.startsWith("conv")) {
                  assertThat(size).as(method).isLessThan(GOOD_METHOD_SIZE);
                }
              });
    }
  }

  /** The test above can fail: here the VM is told to leave out one kernel. */
  @Test
  void aKernelThatIsNeverCompiledIsMissing() throws IOException, InterruptedException {
    List<String> exclude =
        List.of("-XX:CompileCommand=quiet", "-XX:CompileCommand=exclude,*Training.conv2");
    assertThat(train(exclude, LENET, Target.PLAIN.name(), A_MOMENT))
        .anyMatch(line -> line.startsWith("missing conv2("));
  }

  /** And here C2 is given too little room for its graphs. */
  @Test
  void aCompilationThatFailsIsTold() throws IOException, InterruptedException {
    List<String> narrow = List.of("-XX:MaxNodeLimit=2000", "-XX:NodeLimitFudgeFactor=50");
    assertThat(train(narrow, LENET, Target.PLAIN.name(), PATIENCE))
        .anyMatch(line -> line.matches("failed .* at level 4: .*node.*"));
  }

  private static List<String> train(
      List<String> options, String network, String target, String seconds)
      throws IOException, InterruptedException {
    return ChildJava.run(options, TrainUntilCompiled.class, network, target, seconds);
  }
}
