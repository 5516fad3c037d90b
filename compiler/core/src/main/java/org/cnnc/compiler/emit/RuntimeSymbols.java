package org.cnnc.compiler.emit;

import java.util.EnumMap;
import java.util.Map;
import org.cnnc.compiler.loop.IntrinsicCall.Intrinsic;

/**
 * The names of the runtime that generated code mentions. The compiler does not depend on the
 * runtime; a test checks these names against its classes.
 */
public final class RuntimeSymbols {
  public static final String RUNTIME_PACKAGE = "org.cnnc.runtime";

  /** What generated classes of kernels implement; {@link #SCRATCH} is nested in it. */
  public static final String PROGRAM = "Program";

  public static final String SCRATCH = "Scratch";

  /** Methods of {@code Program}. */
  public static final String DESCRIPTION = "description";

  public static final String ROWS = "rows";
  public static final String NEW_SCRATCH = "newScratch";
  public static final String RUN = "run";

  /** Has the intrinsics: static methods from float to float. */
  public static final String NUMERICS = "Numerics";

  /** What facades delegate to. */
  public static final String PREDICTION_SESSION = "PredictionSession";

  /** Knows whether Java has the Vector API: {@link #HAS_MODULE}. */
  public static final String VECTOR_SUPPORT = "VectorSupport";

  public static final String HAS_MODULE = "hasModule";

  /** Reads weights. */
  public static final String SAFETENSORS = "Safetensors";

  /** Finds the best of some scores. */
  public static final String CLASSIFICATION = "Classification";

  /** Pixels of any size. */
  public static final String PICTURE = "Picture";

  /** Weights are not the model's. */
  public static final String WEIGHTS_EXCEPTION = "WeightsException";

  /** What the training half of generated code names is here. */
  public static final String TRAINING_PACKAGE = "org.cnnc.training";

  /** What a class that teaches delegates to, and what that one takes, gives and throws. */
  public static final String TEACHER = "Teacher";

  public static final String TRAINER_SETTINGS = "TrainerSettings";
  public static final String LESSON = "Lesson";
  public static final String TRAINING_EXCEPTION = "TrainingException";

  /** What the generated test of a model calls is here. */
  public static final String VERIFY_PACKAGE = "org.cnnc.training.verify";

  /** Compares answers with recorded ones: {@link #READ} them, {@link #VERIFY} a model. */
  public static final String GOLDEN_ANSWERS = "GoldenAnswers";

  public static final String READ = "read";
  public static final String VERIFY = "verify";

  /** What the file of recorded answers is called, after the name of the model's class. */
  public static final String GOLDEN_ENDING = ".golden.safetensors";

  /**
   * Compares gradients with differences of the loss, {@link #VERIFY}, and those of two programs,
   * {@link #VERIFY_SAME}.
   */
  public static final String GRADIENT_CHECK = "GradientCheck";

  public static final String VERIFY_SAME = "verifySame";

  private static final Map<Intrinsic, String> INTRINSICS =
      new EnumMap<>(Map.of(Intrinsic.EXP, "exp", Intrinsic.LOG, "log", Intrinsic.TANH, "tanh"));

  private RuntimeSymbols() {}

  /** Name of the method of {@link #NUMERICS} that computes an intrinsic. */
  public static String intrinsic(Intrinsic function) {
    return INTRINSICS.get(function);
  }

  /** Name of a type of the runtime as class files have it. */
  public static String internalName(String simpleName) {
    return (RUNTIME_PACKAGE + "." + simpleName).replace('.', '/');
  }
}
