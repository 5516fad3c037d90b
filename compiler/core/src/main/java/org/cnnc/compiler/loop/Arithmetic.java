package org.cnnc.compiler.loop;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The numbers that {@link LoopInterpreter} computes with: their arrays and operations. Between
 * operations every number travels as a double, which holds each float exactly.
 */
interface Arithmetic {
  /** Zeros, {@code float[length]} or {@code double[length]}. */
  Object newArray(int length);

  int length(Object array);

  double load(Object array, int index);

  void store(Object array, int index, double value);

  double constant(float value);

  double ofIndex(int value);

  DoubleUnaryOperator operation(Unary.Op op);

  DoubleBinaryOperator operation(Binary.Op op);

  double fma(double a, double b, double c);

  DoubleUnaryOperator intrinsic(IntrinsicCall.Intrinsic function);
}
