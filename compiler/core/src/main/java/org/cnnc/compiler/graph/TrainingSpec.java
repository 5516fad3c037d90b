package org.cnnc.compiler.graph;

/** The training section, with defaults for what it leaves out. */
public record TrainingSpec(OptimizerSpec optimizer, int batch, int epochs, long seed) {
  public static final TrainingSpec DEFAULT =
      new TrainingSpec(new OptimizerSpec.Sgd(0.01f, 0f, false, 0f), 32, 10, 1);

  public TrainingSpec withBatch(int newBatch) {
    return new TrainingSpec(optimizer, newBatch, epochs, seed);
  }
}
