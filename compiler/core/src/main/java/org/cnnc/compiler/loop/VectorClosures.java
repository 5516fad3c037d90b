package org.cnnc.compiler.loop;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Turns the vector expressions of one function into closures. Each evaluates its operands once for
 * all lanes, into arrays of their own: no expression is evaluated while it is being evaluated.
 */
final class VectorClosures implements Expr.Visitor<Closures.VectorValue> {
  private final OperandClosures operands;
  private final Arithmetic arithmetic;
  private final Registers registers;
  private final int lanes;

  /**
   * Closures of one function.
   *
   * @param operands what makes its scalars, indices and arrays
   */
  VectorClosures(OperandClosures operands, Arithmetic arithmetic, Registers registers, int lanes) {
    this.operands = operands;
    this.arithmetic = arithmetic;
    this.registers = registers;
    this.lanes = lanes;
  }

  @Override
  public Closures.VectorValue visitVar(Var expr) {
    double[] variable = registers.vector(operands.slot(expr.name()));
    return () -> variable;
  }

  @Override
  public Closures.VectorValue visitLoad(Load expr) {
    Closures.ArrayValue array = expr.array().accept(operands);
    Closures.IndexValue index = expr.index().accept(operands);
    double[] result = new double[lanes];
    return () -> {
      Object elements = array.value();
      int first = index.value();
      int length = arithmetic.length(elements);
      if (first < 0 || first + (long) lanes > length) {
        int element = first < 0 ? first : Math.max(first, length);
        throw operands.outOfBounds(expr.array(), expr.index(), element, length);
      }
      for (int lane = 0; lane < lanes; lane++) {
        result[lane] = arithmetic.load(elements, first + lane);
      }
      return result;
    };
  }

  @Override
  public Closures.VectorValue visitUnary(Unary expr) {
    DoubleUnaryOperator operation = arithmetic.operation(expr.op());
    Closures.VectorValue operand = expr.operand().accept(this);
    double[] result = new double[lanes];
    return () -> {
      double[] values = operand.lanes();
      for (int lane = 0; lane < lanes; lane++) {
        result[lane] = operation.applyAsDouble(values[lane]);
      }
      return result;
    };
  }

  @Override
  public Closures.VectorValue visitBinary(Binary expr) {
    DoubleBinaryOperator operation = arithmetic.operation(expr.op());
    Closures.VectorValue left = expr.left().accept(this);
    Closures.VectorValue right = expr.right().accept(this);
    double[] result = new double[lanes];
    return () -> {
      double[] a = left.lanes();
      double[] b = right.lanes();
      for (int lane = 0; lane < lanes; lane++) {
        result[lane] = operation.applyAsDouble(a[lane], b[lane]);
      }
      return result;
    };
  }

  @Override
  public Closures.VectorValue visitFma(Fma expr) {
    Closures.VectorValue left = expr.a().accept(this);
    Closures.VectorValue right = expr.b().accept(this);
    Closures.VectorValue addend = expr.c().accept(this);
    double[] result = new double[lanes];
    return () -> {
      double[] a = left.lanes();
      double[] b = right.lanes();
      double[] c = addend.lanes();
      for (int lane = 0; lane < lanes; lane++) {
        result[lane] = arithmetic.fma(a[lane], b[lane], c[lane]);
      }
      return result;
    };
  }

  @Override
  public Closures.VectorValue visitSelect(Select expr) {
    Closures.VectorValue left = expr.left().accept(this);
    Closures.VectorValue right = expr.right().accept(this);
    Closures.VectorValue whenTrue = expr.whenTrue().accept(this);
    Closures.VectorValue whenFalse = expr.whenFalse().accept(this);
    Select.Comparison comparison = expr.comparison();
    double[] result = new double[lanes];
    return () -> {
      double[] a = left.lanes();
      double[] b = right.lanes();
      double[] yes = whenTrue.lanes();
      double[] no = whenFalse.lanes();
      for (int lane = 0; lane < lanes; lane++) {
        result[lane] = holds(comparison, a[lane], b[lane]) ? yes[lane] : no[lane];
      }
      return result;
    };
  }

  private static boolean holds(Select.Comparison comparison, double left, double right) {
    return switch (comparison) {
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case EQUAL -> left == right;
    };
  }

  @Override
  public Closures.VectorValue visitBroadcast(Broadcast expr) {
    return broadcast(expr.scalar());
  }

  @Override
  public Closures.VectorValue visitConst(Const expr) {
    return broadcast(expr);
  }

  @Override
  public Closures.VectorValue visitIntrinsicCall(IntrinsicCall expr) {
    return broadcast(expr);
  }

  @Override
  public Closures.VectorValue visitIndexToFloat(IndexToFloat expr) {
    return broadcast(expr);
  }

  @Override
  public Closures.VectorValue visitIndexBits(IndexBits expr) {
    return broadcast(expr);
  }

  /** A scalar is the same in every lane. */
  private Closures.VectorValue broadcast(Expr scalar) {
    Closures.ScalarValue value = scalar.accept(operands);
    double[] result = new double[lanes];
    return () -> {
      Arrays.fill(result, value.value());
      return result;
    };
  }
}
