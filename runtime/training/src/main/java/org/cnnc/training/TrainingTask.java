package org.cnnc.training;

import java.util.Optional;
import java.util.function.Supplier;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.VectorSupport;
import org.cnnc.training.data.Split;

/**
 * What to train.
 *
 * @param training program of one training step; the caller has set its parameters
 * @param faster makes the same step in a form that is slow at first: it is warmed up beside the
 *     training, which goes on with it from then on; the result is the same, bit for bit
 * @param inspection makes a prediction program that keeps all values, to find where a loss comes
 *     from that is not finite
 * @param prediction program of the same network, which judges the validation data; the trainer sets
 *     its parameters
 * @param data to learn from and to judge by
 * @param settings how
 */
public record TrainingTask(
    Program training,
    Optional<Supplier<Program>> faster,
    Optional<Supplier<Program>> inspection,
    Program prediction,
    Split data,
    TrainerSettings settings) {
  /** A task with one form of the step. */
  public TrainingTask(Program training, Program prediction, Split data, TrainerSettings settings) {
    this(training, Optional.empty(), Optional.empty(), prediction, data, settings);
  }

  /**
   * The same task, which goes over to vectors where this Java runs them well ({@link
   * VectorSupport}).
   *
   * @param vectors makes the step in its form for the Vector API; not called elsewhere
   */
  public TrainingTask withVectors(Supplier<Program> vectors) {
    return VectorSupport.isWanted()
        ? new TrainingTask(training, Optional.of(vectors), inspection, prediction, data, settings)
        : this;
  }

  /**
   * The same task, which tells in which layer a loss began that is not finite.
   *
   * @param maker makes the prediction program with all of its values kept, in the network's order
   */
  public TrainingTask withInspection(Supplier<Program> maker) {
    return new TrainingTask(training, faster, Optional.of(maker), prediction, data, settings);
  }
}
