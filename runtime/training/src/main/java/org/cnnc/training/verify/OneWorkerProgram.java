package org.cnnc.training.verify;

import java.util.function.IntFunction;
import org.cnnc.runtime.Program;

/**
 * A program that no class was generated for: something else holds its storage and runs its tasks,
 * such as the interpreter of a compiler. For one worker, whose scratch lies with the rest.
 */
public final class OneWorkerProgram implements Program, Program.Scratch {
  private final String description;
  private final IntFunction<float[][]> storage;
  private final Tasks tasks;

  /**
   * A program.
   *
   * @param description what it says of itself
   * @param storage the rows of a buffer, by its position
   */
  public OneWorkerProgram(String description, IntFunction<float[][]> storage, Tasks tasks) {
    this.description = description;
    this.storage = storage;
    this.tasks = tasks;
  }

  /** Runs a task of a phase. */
  @FunctionalInterface
  public interface Tasks {
    void run(int phase, int task, int images);
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public float[][] rows(int buffer) {
    return storage.apply(buffer);
  }

  @Override
  public Scratch newScratch() {
    return this;
  }

  @Override
  public void run(int phase, int task, int images, Scratch scratch) {
    tasks.run(phase, task, images);
  }
}
