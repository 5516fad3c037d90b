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
  static final ClassName PROGRAM =
      ClassName.get(RuntimeSymbols.RUNTIME_PACKAGE, RuntimeSymbols.PROGRAM);
  static final ClassName PROGRAM_SCRATCH = PROGRAM.nestedClass(RuntimeSymbols.SCRATCH);
  static final ClassName NUMERICS =
      ClassName.get(RuntimeSymbols.RUNTIME_PACKAGE, RuntimeSymbols.NUMERICS);

  private static final String VECTOR_PACKAGE = "jdk.incubator.vector";
  static final ClassName FLOAT_VECTOR = ClassName.get(VECTOR_PACKAGE, "FloatVector");
  static final ClassName VECTOR_SPECIES = ClassName.get(VECTOR_PACKAGE, "VectorSpecies");
  static final ClassName VECTOR_OPERATORS = ClassName.get(VECTOR_PACKAGE, "VectorOperators");

  static final ArrayTypeName ROW = ArrayTypeName.of(TypeName.FLOAT);
  static final ArrayTypeName ROWS = ArrayTypeName.of(ROW);

  private JavaTypes() {}

  /** Type of the field of a buffer. */
  static ArrayTypeName of(Buffer buffer) {
    return buffer.isSingleRow() ? ROW : ROWS;
  }
}
