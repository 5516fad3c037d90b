package org.cnnc.runtime;

/**
 * What every generated class of kernels implements: the storage of one model, and the tasks of a
 * step over it.
 *
 * <p>Phases run one after the other; the tasks of a phase may run at the same time, in any order,
 * each worker with a scratch of its own: no result depends on it. Nothing here allocates but {@link
 * #newScratch()} and {@link #rows(int)}, which are for loading and looking.
 */
public interface Program {
  /**
   * What this program is: parameters, values, buffers, phases; see {@link
   * ProgramInfo#parse(String)}.
   */
  String description();

  /**
   * The storage of a buffer that the program itself owns (scope MODEL or SHARED).
   *
   * @param buffer position in {@link ProgramInfo#buffers()}
   * @return its rows, the arrays themselves; the outer array may be a new one
   */
  float[][] rows(int buffer);

  /** New scratch for one worker, zeroed. */
  Scratch newScratch();

  /**
   * Runs one task.
   *
   * @param phase position in {@link ProgramInfo#phases()}
   * @param task 0 to the phase's tasks - 1
   * @param images number of images in this step, 1 to {@link ProgramInfo#batch()}
   * @param scratch made by {@link #newScratch()} of this program, used by no other thread meanwhile
   */
  void run(int phase, int task, int images, Scratch scratch);

  /** The buffers of one worker (scope WORKER). */
  interface Scratch {
    /**
     * The storage of a buffer.
     *
     * @param buffer position in {@link ProgramInfo#buffers()}
     * @return its rows, the arrays themselves; the outer array may be a new one
     */
    float[][] rows(int buffer);
  }
}
