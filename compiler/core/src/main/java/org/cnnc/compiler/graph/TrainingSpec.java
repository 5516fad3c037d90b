package org.cnnc.compiler.graph;

/** The training section, with defaults for what it leaves out. */
public record TrainingSpec(OptimizerSpec optimizer, int batch, int epochs, long seed) {
  /** The most images of a step: a number that a step's buffers stay well below 2^31 with. */
  public static final int MAXIMUM_BATCH = 4096;

  public static final TrainingSpec DEFAULT =
      new TrainingSpec(new OptimizerSpec.Sgd(0.01f, 0f, false, 0f), 32, 10, 1);

  public TrainingSpec withBatch(int newBatch) {
    return new TrainingSpec(optimizer, newBatch, epochs, seed);
  }
}
