package org.cnnc.compiler.loop;

import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.cnnc.compiler.internal.InternalCompilerError;

/** Turns the scalar expressions, indices and arrays of one function into closures. */
final class OperandClosures
    implements Expr.Visitor<Closures.ScalarValue>,
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
  public Closures.ScalarValue visitConst(Const expr) {
    double value = arithmetic.constant(expr.value());
    return () -> value;
  }

  @Override
  public Closures.ScalarValue visitVar(Var expr) {
    int slot = slot(expr.name());
    Registers locals = registers;
    return () -> locals.numbers[slot];
  }

  @Override
  public Closures.ScalarValue visitLoad(Load expr) {
    Closures.ArrayValue array = expr.array().accept(this);
    Closures.IndexValue index = expr.index().accept(this);
    return () -> {
      Object elements = array.value();
      int element = index.value();
      if (element < 0 || element >= arithmetic.length(elements)) {
        throw outOfBounds(expr.array(), expr.index(), element, arithmetic.length(elements));
      }
      return arithmetic.load(elements, element);
    };
  }

  @Override
  public Closures.ScalarValue visitUnary(Unary expr) {
    DoubleUnaryOperator operation = arithmetic.operation(expr.op());
    Closures.ScalarValue operand = expr.operand().accept(this);
    return () -> operation.applyAsDouble(operand.value());
  }

  @Override
  public Closures.ScalarValue visitBinary(Binary expr) {
    DoubleBinaryOperator operation = arithmetic.operation(expr.op());
    Closures.ScalarValue left = expr.left().accept(this);
    Closures.ScalarValue right = expr.right().accept(this);
    return () -> operation.applyAsDouble(left.value(), right.value());
  }

  @Override
  public Closures.ScalarValue visitFma(Fma expr) {
    Closures.ScalarValue a = expr.a().accept(this);
    Closures.ScalarValue b = expr.b().accept(this);
    Closures.ScalarValue c = expr.c().accept(this);
    return () -> arithmetic.fma(a.value(), b.value(), c.value());
  }

  @Override
  public Closures.ScalarValue visitSelect(Select expr) {
    Closures.ScalarValue left = expr.left().accept(this);
    Closures.ScalarValue right = expr.right().accept(this);
    Closures.ScalarValue whenTrue = expr.whenTrue().accept(this);
    Closures.ScalarValue whenFalse = expr.whenFalse().accept(this);
    return switch (expr.comparison()) {
      case LESS -> () -> left.value() < right.value() ? whenTrue.value() : whenFalse.value();
      case LESS_OR_EQUAL ->
          () -> left.value() <= right.value() ? whenTrue.value() : whenFalse.value();
      case EQUAL -> () -> left.value() == right.value() ? whenTrue.value() : whenFalse.value();
    };
  }

  @Override
  public Closures.ScalarValue visitBroadcast(Broadcast expr) {
    throw new InternalCompilerError("function " + function + ": a vector is used as a scalar");
  }

  @Override
  public Closures.ScalarValue visitIntrinsicCall(IntrinsicCall expr) {
    DoubleUnaryOperator intrinsic = arithmetic.intrinsic(expr.function());
    Closures.ScalarValue argument = expr.argument().accept(this);
    return () -> intrinsic.applyAsDouble(argument.value());
  }

  @Override
  public Closures.ScalarValue visitIndexToFloat(IndexToFloat expr) {
    Closures.IndexValue index = expr.index().accept(this);
    return () -> arithmetic.ofIndex(index.value());
  }

  @Override
  public Closures.ScalarValue visitIndexBits(IndexBits expr) {
    Closures.IndexValue index = expr.index().accept(this);
    return () -> Float.intBitsToFloat(index.value());
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
