package org.cnnc.compiler.loop;

/** A {@code float[]} that loads and stores address: a row of a buffer, or an array variable. */
public sealed interface ArrayRef permits BufferRow, ArrayVar {
  /** Floats in the array. */
  int length();

  <R> R accept(Visitor<R> visitor);

  /** One method a node kind. */
  interface Visitor<R> {
    R visitBufferRow(BufferRow row);

    R visitArrayVar(ArrayVar variable);
  }
}
