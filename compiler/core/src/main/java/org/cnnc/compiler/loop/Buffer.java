package org.cnnc.compiler.loop;

import java.util.Objects;

/**
 * Storage that a program owns: {@code rows} separate {@code float[length]} arrays. Separate arrays,
 * because C2 vectorises a loop only when it can see that its arrays do not overlap.
 *
 * @param name unique in its program, a legal Java identifier
 * @param scope who owns it
 * @param rows number of arrays, at least 1; a buffer of one row becomes a plain {@code float[]} in
 *     generated code
 * @param length floats a row, at least 1
 */
public record Buffer(String name, Scope scope, int rows, int length) {
  /** Owner and lifetime of a buffer. */
  public enum Scope {
    /**
     * Parameters and what is derived from them: one copy, read by all workers while a step runs.
     */
    MODEL,
    /**
     * One copy for all workers of a step: images, targets, values that cross a barrier, partial
     * sums.
     */
    SHARED,
    /** Scratch of one worker: values of the image at hand, unrolled inputs. */
    WORKER
  }

  public Buffer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scope, "scope");
    if (rows < 1 || length < 1) {
      throw new IllegalArgumentException("buffer " + name + " of " + rows + " x " + length);
    }
  }

  /**
   * Whether generated code holds this buffer as one {@code float[]} rather than {@code float[][]}.
   */
  public boolean isSingleRow() {
    return rows == 1;
  }

  /** Bytes of its elements (array headers not counted). */
  public long bytes() {
    return 4L * rows * length;
  }
}
