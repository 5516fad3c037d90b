package org.cnnc.compiler.loop;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The same program in double precision, with the exact functions of the platform: precise enough to
 * check gradients by central differences.
 */
final class DoubleArithmetic implements Arithmetic {
  @Override
  public Object newArray(int length) {
    return new double[length];
  }

  @Override
  public int length(Object array) {
    return ((double[]) array).length;
  }

  @Override
  public double load(Object array, int index) {
    return ((double[]) array)[index];
  }

  @Override
  public void store(Object array, int index, double value) {
    ((double[]) array)[index] = value;
  }

  @Override
  public double constant(float value) {
    return value;
  }

  @Override
  public double ofIndex(int value) {
    return value;
  }

  @Override
  public DoubleUnaryOperator operation(Unary.Op op) {
    return switch (op) {
      case NEGATE -> x -> -x;
      case ABS -> Math::abs;
      case SQRT -> Math::sqrt;
    };
  }

  @Override
  public DoubleBinaryOperator operation(Binary.Op op) {
    return switch (op) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case MAX -> Math::max;
      case MIN -> Math::min;
    };
  }

  @Override
  public double fma(double a, double b, double c) {
    return a * b + c;
  }

  @Override
  public DoubleUnaryOperator intrinsic(IntrinsicCall.Intrinsic function) {
    return switch (function) {
      case EXP -> StrictMath::exp;
      case LOG -> StrictMath::log;
      case TANH -> StrictMath::tanh;
    };
  }
}
