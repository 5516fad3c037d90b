package org.cnnc.compiler.loop;

/**
 * Reads an index from memory, until the end of the enclosing block: a place that a table holds, or
 * that the step itself found. Buffers hold floats, and a float holds every whole number up to
 * {@link #LARGEST} exactly.
 *
 * @param variable its range is a promise of whoever filled the array: the verifier cannot see it,
 *     the interpreter checks it
 * @param place element of the array
 */
public record LetIndex(IndexVar variable, ArrayRef array, Index place) implements Stmt {
  /** The largest index that can be kept in memory. */
  public static final int LARGEST = 1 << 24;

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitLetIndex(this);
  }
}
