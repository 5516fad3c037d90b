package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.train.KeptGradients;

/**
 * Whether all backends compute the same bits for a text. The vector target is interpreted with the
 * widest vectors where pixels are in its lanes and with the narrowest where channels are; with both
 * in both forms where {@code -Pthorough} asks for it. Half of the forms keep the gradients of
 * parameters, the others hand them to the optimizer where they are summed, as what is shipped does.
 */
final class Agreement {
  private static final int STEPS = 2;

  private static final List<Integer> NARROWEST = List.of(4);
  private static final List<Integer> WIDEST = List.of(ValueType.MAX_LANES);
  private static final List<Integer> BOTH = List.of(4, ValueType.MAX_LANES);

  private Agreement() {}

  /**
   * Two training steps and three predictions, interpreted before and after the passes, and as
   * bytecode (with two threads).
   *
   * @param withSource whether from source, too; javac is slow
   */
  static void check(String text, boolean withSource) throws IOException {
    check(text, withSource, AlgorithmRule.BY_SHAPE);
  }

  /** The same with other algorithms. */
  static void check(String text, boolean withSource, AlgorithmRule algorithms) throws IOException {
    CompilerOptions options = CompilerOptions.DEFAULT.withAlgorithms(algorithms);
    CompilationResult result =
        Texts.compile("test.net", text, options.withKeptGradients(KeptGradients.PARAMETERS));
    Observed training = checkTraining(result, text, withSource);
    Observed prediction = checkPrediction(result, text, withSource);
    Observed shipped = training.withoutGradients();
    checkSeveralSums(text, options, Texts.classes(result), shipped, prediction, withSource);
    for (LaneChoice lanes : List.of(LaneChoice.PIXELS, LaneChoice.CHANNELS)) {
      KeptGradients kept =
          lanes == LaneChoice.PIXELS ? KeptGradients.NONE : KeptGradients.PARAMETERS;
      MechanicalSchedule mechanical =
          Texts.VECTOR.mechanical().withLanes(lanes).withPartWork(1).withSharedWeight(1);
      CompilationResult vector =
          Texts.compile(
              "test.net", text, options.withMechanical(mechanical).withKeptGradients(kept));
      String what = text + lanes + " in lanes, ";
      Observed expected = kept == KeptGradients.NONE ? shipped : training;
      checkVector(vector, Texts.classes(result), interpreted(lanes), what, expected, prediction);
    }
  }

  private static List<Integer> interpreted(LaneChoice lanes) {
    if (Thorough.WANTED) {
      return BOTH;
    }
    return lanes == LaneChoice.PIXELS ? WIDEST : NARROWEST;
  }

  /** Plain code whose loops add to several rows of sums, of groups of images, too. */
  private static void checkSeveralSums(
      String text,
      CompilerOptions options,
      int classes,
      Observed training,
      Observed prediction,
      boolean withSource)
      throws IOException {
    MechanicalSchedule mechanical = options.forJava(25).mechanical().withSharedWeight(1);
    CompilationResult result = Texts.compile("test.net", text, options.withMechanical(mechanical));
    Observed.training(
            Backend.BYTECODE.load(result.program(ProgramKind.TRAINING)), classes, STEPS, 2)
        .assertSameAs(training, text + "for Java 25");
    if (withSource) {
      Observed.training(
              Backend.SOURCE.load(result.program(ProgramKind.TRAINING)), classes, STEPS, 1)
          .assertSameAs(training, text + "for Java 25, source");
    }
    Observed.prediction(Backend.BYTECODE.load(result.program(ProgramKind.PREDICTION)))
        .assertSameAs(prediction, text + "for Java 25");
  }

  /** The vector target, interpreted with vectors of so many lanes, and as bytecode. */
  private static void checkVector(
      CompilationResult vector,
      int classes,
      List<Integer> interpreted,
      String text,
      Observed training,
      Observed prediction)
      throws IOException {
    CompiledProgram step = vector.program(ProgramKind.TRAINING);
    CompiledProgram answer = vector.program(ProgramKind.PREDICTION);
    for (int lanes : interpreted) {
      Observed.training(new InterpretedProgram(step, lanes), classes, STEPS, 1)
          .assertSameAs(training, text + "vector, " + lanes + " lanes interpreted");
      Observed.prediction(new InterpretedProgram(answer, lanes))
          .assertSameAs(prediction, text + "vector, " + lanes + " lanes interpreted");
    }
    Observed.training(Backend.BYTECODE.load(step), classes, STEPS, 2)
        .assertSameAs(training, text + "vector, bytecode");
    Observed.prediction(Backend.BYTECODE.load(answer))
        .assertSameAs(prediction, text + "vector, bytecode");
  }

  private static Observed checkTraining(CompilationResult result, String text, boolean withSource)
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
    return expected;
  }

  private static Observed checkPrediction(CompilationResult result, String text, boolean withSource)
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
    return expected;
  }
}
