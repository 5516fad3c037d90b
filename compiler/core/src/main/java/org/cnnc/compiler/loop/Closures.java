package org.cnnc.compiler.loop;

/** What the interpreter runs in place of nodes: names are resolved to slots once. */
final class Closures {
  private Closures() {}

  /** A statement. */
  interface Action {
    void run();
  }

  /** A float expression; a scalar is the same in every lane. */
  interface FloatValue {
    double inLane(int lane);
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
