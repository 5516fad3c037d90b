package org.cnnc.compiler.emit;

import java.util.EnumMap;
import java.util.Map;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Select.Comparison;
import org.cnnc.compiler.loop.Unary;

/**
 * The methods of the JDK that compute an operation, under the same name in source and bytecode: of
 * {@code Math} for floats, of {@code FloatVector} for vectors. Tables; a test asserts that every
 * operation has a method, or an operator and an opcode.
 */
public final class MethodNames {
  private static final Map<Binary.Op, String> MATH_BINARY =
      new EnumMap<>(Map.of(Binary.Op.MAX, "max", Binary.Op.MIN, "min"));

  private static final Map<Unary.Op, String> MATH_UNARY =
      new EnumMap<>(Map.of(Unary.Op.ABS, "abs", Unary.Op.SQRT, "sqrt"));

  private static final Map<Binary.Op, String> VECTOR_BINARY =
      new EnumMap<>(
          Map.of(
              Binary.Op.ADD, "add",
              Binary.Op.SUBTRACT, "sub",
              Binary.Op.MULTIPLY, "mul",
              Binary.Op.DIVIDE, "div",
              Binary.Op.MAX, "max",
              Binary.Op.MIN, "min"));

  private static final Map<Unary.Op, String> VECTOR_UNARY =
      new EnumMap<>(Map.of(Unary.Op.NEGATE, "neg", Unary.Op.ABS, "abs", Unary.Op.SQRT, "sqrt"));

  private static final Map<Comparison, String> VECTOR_COMPARISONS =
      new EnumMap<>(
          Map.of(Comparison.LESS, "LT", Comparison.LESS_OR_EQUAL, "LE", Comparison.EQUAL, "EQ"));

  private MethodNames() {}

  /** Method of {@code Math}; null for an operation that Java has an operator for. */
  public static String ofMath(Binary.Op op) {
    return MATH_BINARY.get(op);
  }

  /** Method of {@code Math}; null for an operation that Java has an operator for. */
  public static String ofMath(Unary.Op op) {
    return MATH_UNARY.get(op);
  }

  /** Method of {@code FloatVector}. */
  public static String ofVector(Binary.Op op) {
    return VECTOR_BINARY.get(op);
  }

  /** Method of {@code FloatVector}. */
  public static String ofVector(Unary.Op op) {
    return VECTOR_UNARY.get(op);
  }

  /** Constant of {@code VectorOperators}. */
  public static String ofVector(Comparison comparison) {
    return VECTOR_COMPARISONS.get(comparison);
  }
}
