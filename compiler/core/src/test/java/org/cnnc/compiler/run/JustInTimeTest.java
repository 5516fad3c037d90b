package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.contract.MethodSizes;
import org.cnnc.compiler.schedule.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  private static final String PATIENCE = "300";
  private static final String A_MOMENT = "5";

  /** Few images a step, so that what runs once a step gets hot soon. */
  private static final List<String> FEW = List.of("PLAIN", "2");

  private static final Pattern SPACE = Pattern.compile(" ");

  private static final String LENET = "networks/lenet28.net";

  /**
   * A batch of nine images has groups of four, blocks that end within one, and what is left over;
   * batch 0 stands for predictions.
   */
  @ParameterizedTest
  @CsvSource({
    "networks/lenet28.net, PLAIN 9 VECTOR 9",
    "networks/lecture32.net, VECTOR 0",
    "networks/winograd.net, VECTOR 2"
  })
  void everyKernelIsCompiledByC2(String network, String forms)
      throws IOException, InterruptedException {
    assertAllCompiled(network, SPACE.splitAsStream(forms).toList());
  }

  /** Everything else, with {@code -Pthorough}: some take minutes. */
  @ParameterizedTest
  @EnabledIfSystemProperty(named = "cnnc.thorough", matches = "true")
  @MethodSource
  void everyKernelOfEveryFormIsCompiledByC2(String network, String target)
      throws IOException, InterruptedException {
    assertAllCompiled(
        network,
        Stream.of("0", "1", "2", "9", "32").flatMap(batch -> Stream.of(target, batch)).toList());
  }

  static Stream<Arguments> everyKernelOfEveryFormIsCompiledByC2() {
    return Stream.of(LENET, "networks/lecture32.net", "networks/winograd.net", "large/vgg32.net")
        .flatMap(network -> Stream.of("PLAIN", "VECTOR").map(target -> arguments(network, target)));
  }

  /**
   * Each form is told in a line; there is none of a kernel that is missing or failed. Kernels that
   * are missing get a second virtual machine: in some runs those of one caller were, as if the
   * events of that one compilation had got lost, and the next run had them all. What C2 cannot
   * compile fails, and what it leaves alone is missing, in both.
   */
  private static void assertAllCompiled(String network, List<String> forms)
      throws IOException, InterruptedException {
    List<String> report = run(List.of(), network, PATIENCE, forms);
    if (report.stream().anyMatch(line -> line.contains(": missing "))) {
      System.err.println("once more, in another virtual machine: " + report);
      report = run(List.of(), network, PATIENCE, forms);
    }
    assertThat(report).as("missing and failed").hasSize(forms.size() / 2);
    for (int i = 0; i < report.size(); i++) {
      assertThat(report.get(i))
          .matches(forms.get(2 * i) + " " + forms.get(2 * i + 1) + ": kernels [1-9]\\d+");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "networks/lenet28.net, PLAIN",
    "networks/lenet28.net, VECTOR",
    "networks/lecture32.net, PLAIN",
    "networks/lecture32.net, VECTOR",
    "networks/winograd.net, PLAIN",
    "networks/winograd.net, VECTOR",
    "large/vgg32.net, PLAIN",
    "large/vgg32.net, VECTOR"
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
    assertThat(run(exclude, LENET, A_MOMENT, FEW))
        .anyMatch(line -> line.startsWith("PLAIN 2: missing conv2("));
  }

  /** And here C2 is given too little room for its graphs. */
  @Test
  void aCompilationThatFailsIsTold() throws IOException, InterruptedException {
    List<String> narrow = List.of("-XX:MaxNodeLimit=2000", "-XX:NodeLimitFudgeFactor=50");
    assertThat(run(narrow, LENET, PATIENCE, FEW))
        .anyMatch(line -> line.matches("PLAIN 2: failed .* at level 4: .*node.*"));
  }

  private static List<String> run(
      List<String> options, String network, String seconds, List<String> forms)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(network, seconds));
    arguments.addAll(forms);
    return ChildJava.run(options, RunUntilCompiled.class, arguments.toArray(String[]::new));
  }
}
