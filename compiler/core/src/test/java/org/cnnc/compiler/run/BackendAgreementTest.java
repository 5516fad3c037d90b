package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.runtime.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise "same bits everywhere" over one corpus of networks: interpreter, source and bytecode
 * give equal losses, gradients and parameters over ten steps, the last ones with fewer images; so
 * do 1, 2, 3 and 7 threads; and predictions are equal, too. The bits are recorded: other Javas and
 * machines give the same.
 */
final class BackendAgreementTest {
  private static final int STEPS = 10;

  static Stream<String> networks() {
    return Stream.of(
        "lecture",
        "activations",
        "strides",
        "branches",
        "single",
        "windows",
        "averages",
        "long_sums");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void trainingGivesTheSameBitsOnEveryBackendAndAnyNumberOfThreads(String network)
      throws IOException {
    CompilationResult result =
        Texts.corpus(
            "backends/" + network + ".net",
            CompilerOptions.DEFAULT.withKeptGradients(KeptGradients.PARAMETERS));
    CompiledProgram compiled = result.program(ProgramKind.TRAINING);
    int classes = Texts.classes(result);
    Observed expected = Observed.training(Backend.INTERPRETER.load(compiled), classes, STEPS, 1);
    assertThat(expected.lossesAreFinite()).isTrue();
    RecordedBits.check(network + ".training." + STEPS, expected);
    assertSameOnAnyNumberOfThreads(compiled, classes, expected);
    Observed.training(Backend.SOURCE.load(compiled), classes, STEPS, 2)
        .assertSameAs(expected, "source");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void vectorsGiveTheSameBitsAsPlainLoops(String network) throws IOException {
    CompilationResult plain = Texts.corpus("backends/" + network + ".net");
    CompilationResult vector = Texts.corpus("backends/" + network + ".net", Texts.VECTOR);
    int classes = Texts.classes(plain);
    Observed expected =
        Observed.training(
            Backend.BYTECODE.load(plain.program(ProgramKind.TRAINING)), classes, STEPS, 1);
    CompiledProgram training = vector.program(ProgramKind.TRAINING);
    assertSameOnAnyNumberOfThreads(training, classes, expected);
    Observed.training(Backend.SOURCE.load(training), classes, STEPS, 2)
        .assertSameAs(expected, "source");
    for (int lanes : new int[] {4, 8, 16}) {
      Observed.training(new InterpretedProgram(training, lanes), classes, STEPS, 1)
          .assertSameAs(expected, lanes + " lanes interpreted");
    }
    CompiledProgram prediction = vector.program(ProgramKind.PREDICTION);
    Observed answer =
        Observed.prediction(Backend.BYTECODE.load(plain.program(ProgramKind.PREDICTION)));
    Observed.prediction(Backend.BYTECODE.load(prediction)).assertSameAs(answer, "bytecode");
    Observed.prediction(Backend.SOURCE.load(prediction)).assertSameAs(answer, "source");
  }

  /** Large networks alone are cut so by default: parts of one image, groups of several. */
  @ParameterizedTest
  @CsvSource({
    "lecture, 1",
    "lecture, 20",
    "strides, 1",
    "branches, 1",
    "branches, 3",
    "long_sums, 1",
    "long_sums, 11"
  })
  void partsAndGroupsOfImagesGiveTheSameBitsWithAnyNumberOfThreads(String network, int batch)
      throws IOException {
    String path = "backends/" + network + ".net";
    CompilerOptions usual =
        CompilerOptions.DEFAULT.withPrograms(ProgramKind.TRAINING).withBatch(batch);
    CompilationResult plain = Texts.corpus(path, usual);
    int classes = Texts.classes(plain);
    Observed expected =
        Observed.training(
            Backend.BYTECODE.load(plain.program(ProgramKind.TRAINING)), classes, STEPS, 1);
    MechanicalSchedule small = Texts.VECTOR.mechanical().withPartWork(1).withSharedWeight(1);
    CompiledProgram compiled =
        Texts.corpus(path, usual.withMechanical(small)).program(ProgramKind.TRAINING);
    assertSameOnAnyNumberOfThreads(compiled, classes, expected);
  }

  private static void assertSameOnAnyNumberOfThreads(
      CompiledProgram compiled, int classes, Observed expected) throws IOException {
    Supplier<Program> programs = Backend.BYTECODE.programs(compiled);
    for (int threads : new int[] {1, 2, 3, 7}) {
      Observed.training(programs.get(), classes, STEPS, threads)
          .assertSameAs(expected, threads + " threads");
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void predictionsHaveTheSameBitsOnEveryBackend(String network) throws IOException {
    CompiledProgram compiled =
        Texts.corpus("backends/" + network + ".net").program(ProgramKind.PREDICTION);
    Observed expected = Observed.prediction(Backend.INTERPRETER.load(compiled));
    RecordedBits.check(network + ".prediction", expected);
    Observed.prediction(Backend.SOURCE.load(compiled)).assertSameAs(expected, "source");
    Observed.prediction(Backend.BYTECODE.load(compiled)).assertSameAs(expected, "bytecode");
  }
}
