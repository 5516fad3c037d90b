package org.cnnc.compiler.loop;

/**
 * A place in memory that a statement reads or writes.
 *
 * @param origin the row of a buffer or the parameter behind the array that it names
 */
public record Access(ArrayRef origin, Index index) {
  /** Whether the arrays of two accesses may be the same one. */
  public boolean mayMeet(Access other) {
    if (origin instanceof BufferRow a && other.origin instanceof BufferRow b) {
      boolean apart =
          !a.buffer().equals(b.buffer())
              || a.row().max() < b.row().min()
              || b.row().max() < a.row().min();
      return !apart;
    }
    return origin.equals(other.origin);
  }

  /** Whether the two elements are always the same number of elements apart, at least so many. */
  public boolean isApartBy(int distance, Access other) {
    return base(index).equals(base(other.index))
        && Math.abs((long) constant(index) - constant(other.index)) >= distance;
  }

  private static Index base(Index index) {
    return index instanceof IndexSum sum && sum.right() instanceof IndexConst ? sum.left() : index;
  }

  private static int constant(Index index) {
    return index instanceof IndexSum sum && sum.right() instanceof IndexConst constant
        ? constant.value()
        : 0;
  }
}
