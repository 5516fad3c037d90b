package org.cnnc.compiler.loop;

/** Type of an expression: one float, or one float a lane. */
public enum ValueType {
  /** One float. */
  SCALAR,
  /**
   * As many floats as the run has lanes: a power of two, 4 to {@link #MAX_LANES}, chosen when the
   * program is loaded.
   */
  VECTOR;

  /** The widest vector that a program must be ready for (512 bits). */
  public static final int MAX_LANES = 16;

  /** The next multiple of {@link #MAX_LANES}: what a vector loop over {@code length} may touch. */
  public static int roundUpToLanes(int length) {
    return Math.multiplyExact(Math.addExact(length, MAX_LANES - 1) / MAX_LANES, MAX_LANES);
  }
}
