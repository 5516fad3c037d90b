package org.cnnc.compiler.emit.bytecode;

import org.cnnc.compiler.emit.RuntimeSymbols;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Parameter;
import org.objectweb.asm.Type;

/** Names and descriptors that generated class files mention. */
final class Symbols {
  static final String OBJECT = "java/lang/Object";
  static final String STRING = "java/lang/String";
  static final String FLOAT_BOX = "java/lang/Float";
  static final String MATH = "java/lang/Math";
  static final String SYSTEM = "java/lang/System";
  static final String ARRAYS = "java/util/Arrays";
  static final String ILLEGAL_ARGUMENT = "java/lang/IllegalArgumentException";

  static final String PROGRAM = RuntimeSymbols.internalName(RuntimeSymbols.PROGRAM);
  static final String PROGRAM_SCRATCH = PROGRAM + "$" + RuntimeSymbols.SCRATCH;
  static final String NUMERICS = RuntimeSymbols.internalName(RuntimeSymbols.NUMERICS);

  static final String FLOAT_VECTOR = "jdk/incubator/vector/FloatVector";
  static final String VECTOR_SPECIES = "jdk/incubator/vector/VectorSpecies";
  static final String VECTOR_OPERATORS = "jdk/incubator/vector/VectorOperators";

  static final Type ROW = Type.getType(float[].class);
  static final Type ROWS = Type.getType(float[][].class);
  static final Type VECTOR = Type.getObjectType(FLOAT_VECTOR);
  static final Type SPECIES = Type.getObjectType(VECTOR_SPECIES);
  static final Type ANY_VECTOR = Type.getObjectType("jdk/incubator/vector/Vector");
  static final Type MASK = Type.getObjectType("jdk/incubator/vector/VectorMask");
  static final Type COMPARISON = Type.getObjectType(VECTOR_OPERATORS + "$Comparison");

  private Symbols() {}

  /** Type of the field of a buffer. */
  static Type of(Buffer buffer) {
    return buffer.isSingleRow() ? ROW : ROWS;
  }

  static Type of(Parameter parameter) {
    if (parameter instanceof Parameter.Array) {
      return ROW;
    }
    return parameter instanceof Parameter.Scalar ? Type.FLOAT_TYPE : Type.INT_TYPE;
  }
}
