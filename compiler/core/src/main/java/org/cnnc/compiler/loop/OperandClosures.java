package org.cnnc.compiler.loop;

import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.cnnc.compiler.internal.InternalCompilerError;

/** Turns the expressions, indices and arrays of one function into closures. */
final class OperandClosures
    implements Expr.Visitor<Closures.FloatValue>,
        Index.Visitor<Closures.IndexValue>,
        ArrayRef.Visitor<Closures.ArrayValue> {
  private final String function;
  private final Arithmetic arithmetic;
  private final Registers registers;
  private final Map<String, Object[]> storage;
  private final Scope<Integer> slots;

  OperandClosures(
      String function,
      Arithmetic arithmetic,
      Registers registers,
      Map<String, Object[]> storage,
      Scope<Integer> slots) {
    this.function = function;
    this.arithmetic = arithmetic;
    this.registers = registers;
    this.storage = storage;
    this.slots = slots;
  }

  int slot(String name) {
    return slots
        .find(name)
        .orElseThrow(
            () ->
                new InternalCompilerError("function " + function + ": `" + name + "` is unknown"));
  }

  /** For an access at run time that the verifier should have refused. */
  InternalCompilerError outOfBounds(ArrayRef array, Index index, long element, int length) {
    return new InternalCompilerError(
        "function "
            + function
            + ": element "
            + element
            + " of "
            + LoopPrinter.print(array)
            + "["
            + LoopPrinter.print(index)
            + "], which has "
            + length);
  }

  @Override
  public Closures.FloatValue visitConst(Const expr) {
    double value = arithmetic.constant(expr.value());
    return lane -> value;
  }

  @Override
  public Closures.FloatValue visitVar(Var expr) {
    int slot = slot(expr.name());
    Registers locals = registers;
    return expr.type() == ValueType.SCALAR
        ? lane -> locals.numbers[slot]
        : lane -> locals.numbers[slot + lane];
  }

  @Override
  public Closures.FloatValue visitLoad(Load expr) {
    Closures.ArrayValue array = expr.array().accept(this);
    Closures.IndexValue index = expr.index().accept(this);
    int step = expr.type() == ValueType.SCALAR ? 0 : 1;
    return lane -> {
      Object elements = array.value();
      int element = index.value() + step * lane;
      if (element < 0 || element >= arithmetic.length(elements)) {
        throw outOfBounds(expr.array(), expr.index(), element, arithmetic.length(elements));
      }
      return arithmetic.load(elements, element);
    };
  }

  @Override
  public Closures.FloatValue visitUnary(Unary expr) {
    DoubleUnaryOperator operation = arithmetic.operation(expr.op());
    Closures.FloatValue operand = expr.operand().accept(this);
    return lane -> operation.applyAsDouble(operand.inLane(lane));
  }

  @Override
  public Closures.FloatValue visitBinary(Binary expr) {
    DoubleBinaryOperator operation = arithmetic.operation(expr.op());
    Closures.FloatValue left = expr.left().accept(this);
    Closures.FloatValue right = expr.right().accept(this);
    return lane -> operation.applyAsDouble(left.inLane(lane), right.inLane(lane));
  }

  @Override
  public Closures.FloatValue visitFma(Fma expr) {
    Closures.FloatValue a = expr.a().accept(this);
    Closures.FloatValue b = expr.b().accept(this);
    Closures.FloatValue c = expr.c().accept(this);
    return lane -> arithmetic.fma(a.inLane(lane), b.inLane(lane), c.inLane(lane));
  }

  @Override
  public Closures.FloatValue visitSelect(Select expr) {
    Closures.FloatValue left = expr.left().accept(this);
    Closures.FloatValue right = expr.right().accept(this);
    Closures.FloatValue whenTrue = expr.whenTrue().accept(this);
    Closures.FloatValue whenFalse = expr.whenFalse().accept(this);
    return switch (expr.comparison()) {
      case LESS ->
          lane ->
              left.inLane(lane) < right.inLane(lane)
                  ? whenTrue.inLane(lane)
                  : whenFalse.inLane(lane);
      case LESS_OR_EQUAL ->
          lane ->
              left.inLane(lane) <= right.inLane(lane)
                  ? whenTrue.inLane(lane)
                  : whenFalse.inLane(lane);
      case EQUAL ->
          lane ->
              left.inLane(lane) == right.inLane(lane)
                  ? whenTrue.inLane(lane)
                  : whenFalse.inLane(lane);
    };
  }

  @Override
  public Closures.FloatValue visitBroadcast(Broadcast expr) {
    return expr.scalar().accept(this);
  }

  @Override
  public Closures.FloatValue visitIntrinsicCall(IntrinsicCall expr) {
    DoubleUnaryOperator intrinsic = arithmetic.intrinsic(expr.function());
    Closures.FloatValue argument = expr.argument().accept(this);
    return lane -> intrinsic.applyAsDouble(argument.inLane(lane));
  }

  @Override
  public Closures.FloatValue visitIndexToFloat(IndexToFloat expr) {
    Closures.IndexValue index = expr.index().accept(this);
    return lane -> arithmetic.ofIndex(index.value());
  }

  @Override
  public Closures.FloatValue visitIndexBits(IndexBits expr) {
    Closures.IndexValue index = expr.index().accept(this);
    return lane -> Float.intBitsToFloat(index.value());
  }

  @Override
  public Closures.IndexValue visitConst(IndexConst index) {
    int value = index.value();
    return () -> value;
  }

  @Override
  public Closures.IndexValue visitVar(IndexVar index) {
    int slot = slot(index.name());
    Registers locals = registers;
    return () -> locals.indices[slot];
  }

  @Override
  public Closures.IndexValue visitSum(IndexSum index) {
    Closures.IndexValue left = index.left().accept(this);
    Closures.IndexValue right = index.right().accept(this);
    return () -> left.value() + right.value();
  }

  @Override
  public Closures.IndexValue visitProduct(IndexProduct index) {
    Closures.IndexValue inner = index.index().accept(this);
    int factor = index.factor();
    return () -> inner.value() * factor;
  }

  @Override
  public Closures.IndexValue visitQuotient(IndexQuotient index) {
    Closures.IndexValue inner = index.index().accept(this);
    int divisor = index.divisor();
    return () -> inner.value() / divisor;
  }

  @Override
  public Closures.IndexValue visitRemainder(IndexRemainder index) {
    Closures.IndexValue inner = index.index().accept(this);
    int divisor = index.divisor();
    return () -> inner.value() % divisor;
  }

  @Override
  public Closures.IndexValue visitMinimum(IndexMinimum index) {
    Closures.IndexValue left = index.left().accept(this);
    Closures.IndexValue right = index.right().accept(this);
    return () -> Math.min(left.value(), right.value());
  }

  @Override
  public Closures.ArrayValue visitBufferRow(BufferRow array) {
    Object[] rows = storage.get(array.buffer().name());
    if (rows == null) {
      throw new InternalCompilerError(
          "function " + function + ": no buffer `" + array.buffer().name() + "`");
    }
    if (array.row() instanceof IndexConst row && row.value() >= 0 && row.value() < rows.length) {
      Object elements = rows[row.value()];
      return () -> elements;
    }
    Closures.IndexValue index = array.row().accept(this);
    return () -> {
      int row = index.value();
      if (row < 0 || row >= rows.length) {
        throw new InternalCompilerError(
            "function "
                + function
                + ": row "
                + row
                + " of "
                + LoopPrinter.print(array)
                + ", which has "
                + rows.length);
      }
      return rows[row];
    };
  }

  @Override
  public Closures.ArrayValue visitArrayVar(ArrayVar variable) {
    int slot = slot(variable.name());
    Registers locals = registers;
    return () -> locals.arrays[slot];
  }
}
