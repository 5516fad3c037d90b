package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import org.cnnc.compiler.emit.RuntimeSymbols;
import org.cnnc.compiler.loop.Buffer;

/** Types that generated source names. */
final class JavaTypes {
  static final ClassName MATH = ClassName.get(Math.class);
  static final ClassName FLOAT = ClassName.get(Float.class);
  static final ClassName PROGRAM = runtime(RuntimeSymbols.PROGRAM);
  static final ClassName PROGRAM_SCRATCH = PROGRAM.nestedClass(RuntimeSymbols.SCRATCH);
  static final ClassName NUMERICS = runtime(RuntimeSymbols.NUMERICS);
  static final ClassName PREDICTION_SESSION = runtime(RuntimeSymbols.PREDICTION_SESSION);
  static final ClassName VECTOR_SUPPORT = runtime(RuntimeSymbols.VECTOR_SUPPORT);
  static final ClassName SAFETENSORS = runtime(RuntimeSymbols.SAFETENSORS);
  static final ClassName CLASSIFICATION = runtime(RuntimeSymbols.CLASSIFICATION);

  static final ClassName PICTURE = runtime(RuntimeSymbols.PICTURE);
  static final ClassName WEIGHTS_EXCEPTION = runtime(RuntimeSymbols.WEIGHTS_EXCEPTION);

  static final ClassName TEACHER = training(RuntimeSymbols.TEACHER);
  static final ClassName LESSON = training(RuntimeSymbols.LESSON);
  static final ClassName TRAINER_SETTINGS = training(RuntimeSymbols.TRAINER_SETTINGS);
  static final ClassName TRAINING_EXCEPTION = training(RuntimeSymbols.TRAINING_EXCEPTION);

  static final ClassName GOLDEN_ANSWERS =
      ClassName.get(RuntimeSymbols.VERIFY_PACKAGE, RuntimeSymbols.GOLDEN_ANSWERS);
  static final ClassName GRADIENT_CHECK =
      ClassName.get(RuntimeSymbols.VERIFY_PACKAGE, RuntimeSymbols.GRADIENT_CHECK);

  private static final String JUNIT_PACKAGE = "org.junit.jupiter.api";
  static final ClassName JUNIT_TEST = ClassName.get(JUNIT_PACKAGE, "Test");
  static final ClassName JUNIT_ASSUMPTIONS = ClassName.get(JUNIT_PACKAGE, "Assumptions");

  private static final String VECTOR_PACKAGE = "jdk.incubator.vector";
  static final ClassName FLOAT_VECTOR = ClassName.get(VECTOR_PACKAGE, "FloatVector");
  static final ClassName VECTOR_SPECIES = ClassName.get(VECTOR_PACKAGE, "VectorSpecies");
  static final ClassName VECTOR_OPERATORS = ClassName.get(VECTOR_PACKAGE, "VectorOperators");

  static final ArrayTypeName ROW = ArrayTypeName.of(TypeName.FLOAT);
  static final ArrayTypeName ROWS = ArrayTypeName.of(ROW);

  private JavaTypes() {}

  private static ClassName runtime(String simpleName) {
    return ClassName.get(RuntimeSymbols.RUNTIME_PACKAGE, simpleName);
  }

  private static ClassName training(String simpleName) {
    return ClassName.get(RuntimeSymbols.TRAINING_PACKAGE, simpleName);
  }

  /** Type of the field of a buffer. */
  static ArrayTypeName of(Buffer buffer) {
    return buffer.isSingleRow() ? ROW : ROWS;
  }
}
