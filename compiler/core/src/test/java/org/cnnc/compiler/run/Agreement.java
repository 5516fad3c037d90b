package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;

/** Whether all backends compute the same bits for a text. */
final class Agreement {
  private static final int STEPS = 2;

  private Agreement() {}

  /**
   * Two training steps and three predictions, interpreted before and after the passes, and as
   * bytecode (with two threads).
   *
   * @param withSource whether from source, too; javac is slow
   */
  static void check(String text, boolean withSource) throws IOException {
    CompilationResult result = Texts.compile("test.net", text, CompilerOptions.DEFAULT);
    checkTraining(result, text, withSource);
    checkPrediction(result, text, withSource);
  }

  private static void checkTraining(CompilationResult result, String text, boolean withSource)
      throws IOException {
    CompiledProgram training = result.program(ProgramKind.TRAINING);
    int classes = Texts.classes(result);
    Observed expected =
        Observed.training(InterpretedProgram.beforePasses(training), classes, STEPS, 1);
    assertThat(expected.lossesAreFinite()).as(text).isTrue();
    Observed.training(Backend.INTERPRETER.load(training), classes, STEPS, 1)
        .assertSameAs(expected, text + "after passes");
    Observed.training(Backend.BYTECODE.load(training), classes, STEPS, 2)
        .assertSameAs(expected, text + "bytecode");
    if (withSource) {
      Observed.training(Backend.SOURCE.load(training), classes, STEPS, 1)
          .assertSameAs(expected, text + "source");
    }
  }

  private static void checkPrediction(CompilationResult result, String text, boolean withSource)
      throws IOException {
    CompiledProgram prediction = result.program(ProgramKind.PREDICTION);
    Observed expected = Observed.prediction(InterpretedProgram.beforePasses(prediction));
    Observed.prediction(Backend.INTERPRETER.load(prediction))
        .assertSameAs(expected, text + "after passes");
    Observed.prediction(Backend.BYTECODE.load(prediction))
        .assertSameAs(expected, text + "bytecode");
    if (withSource) {
      Observed.prediction(Backend.SOURCE.load(prediction)).assertSameAs(expected, text + "source");
    }
  }
}
