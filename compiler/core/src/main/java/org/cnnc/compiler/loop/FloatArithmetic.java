package org.cnnc.compiler.loop;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** What the loop IR means: single precision, every operation rounded once. */
final class FloatArithmetic implements Arithmetic {
  private final IntrinsicFunctions intrinsics;

  FloatArithmetic(IntrinsicFunctions intrinsics) {
    this.intrinsics = intrinsics;
  }

  @Override
  public Object newArray(int length) {
    return new float[length];
  }

  @Override
  public int length(Object array) {
    return ((float[]) array).length;
  }

  @Override
  public double load(Object array, int index) {
    return ((float[]) array)[index];
  }

  @Override
  public void store(Object array, int index, double value) {
    ((float[]) array)[index] = (float) value;
  }

  @Override
  public double constant(float value) {
    return value;
  }

  @Override
  public double ofIndex(int value) {
    return (float) value;
  }

  @Override
  public DoubleUnaryOperator operation(Unary.Op op) {
    return switch (op) {
      case NEGATE -> x -> -(float) x;
      case ABS -> x -> Math.abs((float) x);
      case SQRT -> x -> (float) Math.sqrt((float) x);
    };
  }

  @Override
  public DoubleBinaryOperator operation(Binary.Op op) {
    return switch (op) {
      case ADD -> (a, b) -> (float) a + (float) b;
      case SUBTRACT -> (a, b) -> (float) a - (float) b;
      case MULTIPLY -> (a, b) -> (float) a * (float) b;
      case DIVIDE -> (a, b) -> (float) a / (float) b;
      case MAX -> (a, b) -> Math.max((float) a, (float) b);
      case MIN -> (a, b) -> Math.min((float) a, (float) b);
    };
  }

  @Override
  public double fma(double a, double b, double c) {
    return Math.fma((float) a, (float) b, (float) c);
  }

  @Override
  public DoubleUnaryOperator intrinsic(IntrinsicCall.Intrinsic function) {
    return switch (function) {
      case EXP -> x -> intrinsics.exp((float) x);
      case LOG -> x -> intrinsics.log((float) x);
      case TANH -> x -> intrinsics.tanh((float) x);
    };
  }
}
