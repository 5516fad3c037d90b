package org.cnnc.compiler.emit.bytecode;

import java.util.EnumMap;
import java.util.Map;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Select.Comparison;
import org.cnnc.compiler.loop.Unary;
import org.objectweb.asm.Opcodes;

/** Instructions of the operations that have one. Tables; a test asserts that they are total. */
final class OperationOpcodes {
  static final Map<Binary.Op, Integer> BINARY =
      new EnumMap<>(
          Map.of(
              Binary.Op.ADD, Opcodes.FADD,
              Binary.Op.SUBTRACT, Opcodes.FSUB,
              Binary.Op.MULTIPLY, Opcodes.FMUL,
              Binary.Op.DIVIDE, Opcodes.FDIV));

  static final Map<Unary.Op, Integer> UNARY = new EnumMap<>(Map.of(Unary.Op.NEGATE, Opcodes.FNEG));

  /**
   * How a comparison that does not hold is found.
   *
   * @param compare puts a negative, zero or positive int; NaN counts as what does not hold
   * @param jump jumps when the comparison does not hold
   */
  record Test(int compare, int jump) {}

  static final Map<Comparison, Test> COMPARISONS =
      new EnumMap<>(
          Map.of(
              Comparison.LESS, new Test(Opcodes.FCMPG, Opcodes.IFGE),
              Comparison.LESS_OR_EQUAL, new Test(Opcodes.FCMPG, Opcodes.IFGT),
              Comparison.EQUAL, new Test(Opcodes.FCMPL, Opcodes.IFNE)));

  private OperationOpcodes() {}
}
