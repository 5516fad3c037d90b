package org.cnnc.compiler.emit.source;

import java.util.EnumMap;
import java.util.Map;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Select.Comparison;

/** How operations are written in Java. Tables; a test asserts that they are total. */
final class JavaOperators {
  /** Precedences of Java's operators, higher binds tighter. */
  static final int CONDITIONAL = 2;

  static final int EQUALITY = 7;
  static final int RELATIONAL = 8;
  static final int ADDITIVE = 10;
  static final int MULTIPLICATIVE = 11;
  static final int UNARY = 13;
  static final int PRIMARY = 15;

  /** An infix operator. */
  record Infix(String symbol, int precedence) {}

  /** Scalar operations with an operator of their own. */
  static final Map<Binary.Op, Infix> INFIX =
      new EnumMap<>(
          Map.of(
              Binary.Op.ADD, new Infix("+", ADDITIVE),
              Binary.Op.SUBTRACT, new Infix("-", ADDITIVE),
              Binary.Op.MULTIPLY, new Infix("*", MULTIPLICATIVE),
              Binary.Op.DIVIDE, new Infix("/", MULTIPLICATIVE)));

  static final Map<Comparison, Infix> COMPARISONS =
      new EnumMap<>(
          Map.of(
              Comparison.LESS, new Infix("<", RELATIONAL),
              Comparison.LESS_OR_EQUAL, new Infix("<=", RELATIONAL),
              Comparison.EQUAL, new Infix("==", EQUALITY)));

  private JavaOperators() {}
}
