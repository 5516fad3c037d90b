package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.ProgramKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise "same bits everywhere" over one corpus of networks: interpreter, source and bytecode
 * give equal losses, gradients and parameters over some steps, the last ones with fewer images; so
 * do 1, 2, 3 and 7 threads; and predictions are equal, too.
 */
final class BackendAgreementTest {
  private static final int STEPS = 4;

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
    CompilationResult result = Texts.corpus("backends/" + network + ".net");
    CompiledProgram compiled = result.program(ProgramKind.TRAINING);
    int classes = Texts.classes(result);
    Observed expected = Observed.training(Backend.INTERPRETER.load(compiled), classes, STEPS, 1);
    assertThat(expected.lossesAreFinite()).isTrue();
    for (int threads : new int[] {1, 2, 3, 7}) {
      Observed.training(Backend.BYTECODE.load(compiled), classes, STEPS, threads)
          .assertSameAs(expected, threads + " threads");
    }
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
    for (int threads : new int[] {1, 2, 3, 7}) {
      Observed.training(Backend.BYTECODE.load(training), classes, STEPS, threads)
          .assertSameAs(expected, threads + " threads");
    }
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

  @ParameterizedTest
  @MethodSource("networks")
  void predictionsHaveTheSameBitsOnEveryBackend(String network) throws IOException {
    CompiledProgram compiled =
        Texts.corpus("backends/" + network + ".net").program(ProgramKind.PREDICTION);
    Observed expected = Observed.prediction(Backend.INTERPRETER.load(compiled));
    Observed.prediction(Backend.SOURCE.load(compiled)).assertSameAs(expected, "source");
    Observed.prediction(Backend.BYTECODE.load(compiled)).assertSameAs(expected, "bytecode");
  }
}
