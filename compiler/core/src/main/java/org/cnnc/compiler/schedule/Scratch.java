package org.cnnc.compiler.schedule;

/**
 * Memory that an operation needs beside its tensors.
 *
 * @param name of the need, unique in its operation
 * @param rows arrays
 * @param length floats an array
 * @param lifetime how long its contents must last
 */
public record Scratch(String name, int rows, int length, Lifetime lifetime) {
  /** How long the contents of scratch must last. */
  public enum Lifetime {
    /** While the operation runs: written before it is read. */
    OPERATION,
    /** For ever: some places are never written and stay zero. */
    KEEPS_ZEROS,
    /** As long as the parameters it is derived from: made in the phase "prepare". */
    PARAMETERS
  }
}
