package org.cnnc.compiler.loop;

/**
 * Reads an index from memory, until the end of the enclosing block: a place that a table holds, or
 * that the step itself found. Buffers hold floats; an index is the bits of one ({@link IndexBits}).
 * A conversion instead would cost inner loops up to a quarter of their speed: its check for NaN
 * stands between each term and its place.
 *
 * @param variable its range is a promise of whoever filled the array: the verifier cannot see it,
 *     the interpreter checks it
 * @param place element of the array
 */
public record LetIndex(IndexVar variable, ArrayRef array, Index place) implements Stmt {
  /**
   * The largest index that can be kept in memory: the bits of the largest finite float. The bits of
   * a NaN might change on their way.
   */
  public static final int LARGEST = 0x7f7f_ffff;

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitLetIndex(this);
  }
}
