package org.cnnc.compiler.loop;

/** What the interpreter runs in place of nodes: names are resolved to slots once. */
final class Closures {
  private Closures() {}

  /** A statement. */
  interface Action {
    void run();
  }

  /** A scalar expression. */
  interface ScalarValue {
    double value();
  }

  /** A vector expression: its lanes, in an array that holds them until the next evaluation. */
  interface VectorValue {
    double[] lanes();
  }

  /** An index. */
  interface IndexValue {
    int value();
  }

  /** A {@code float[]} or {@code double[]}. */
  interface ArrayValue {
    Object value();
  }

  /** A function: the slots of its parameters in order, and its body. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Routine(int[] slots, Action body) {}
}
