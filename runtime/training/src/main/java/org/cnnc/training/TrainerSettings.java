package org.cnnc.training;

import java.nio.file.Path;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo.TrainInfo;

/**
 * How to train.
 *
 * @param epochs passes over the training data
 * @param rate learning rate
 * @param seed of the order of images; first weights are drawn from it too
 * @param threads how many compute; changes no result
 * @param checkpoint file that each epoch's end and a stop are saved to
 * @param longRun what else is saved, and what ends the run early
 */
public record TrainerSettings(
    int epochs, float rate, long seed, int threads, Optional<Path> checkpoint, LongRun longRun) {
  public TrainerSettings {
    if (epochs < 1 || threads < 1) {
      throw new IllegalArgumentException(epochs + " epochs with " + threads + " threads");
    }
    if (!Float.isFinite(rate) || rate < 0) {
      throw new IllegalArgumentException("rate " + rate);
    }
  }

  /** Settings of a run that is saved after each epoch, and runs to its last one. */
  public TrainerSettings(
      int epochs, float rate, long seed, int threads, Optional<Path> checkpoint) {
    this(epochs, rate, seed, threads, checkpoint, LongRun.DEFAULT);
  }

  /** The same settings for a run that is saved and ends in another way. */
  public TrainerSettings withLongRun(LongRun plan) {
    return new TrainerSettings(epochs, rate, seed, threads, checkpoint, plan);
  }

  /** The same settings where nothing else is said. */
  public TrainerSettings with(
      Optional<Integer> otherEpochs, Optional<Float> otherRate, Optional<Long> otherSeed) {
    return new TrainerSettings(
        otherEpochs.orElse(epochs),
        otherRate.orElse(rate),
        otherSeed.orElse(seed),
        threads,
        checkpoint,
        longRun);
  }

  /** What the model's training section says. */
  public static TrainerSettings of(TrainInfo section, int threads, Optional<Path> checkpoint) {
    float rate =
        section
            .setting("rate")
            .orElseThrow(() -> new IllegalArgumentException("no setting \"rate\""));
    return new TrainerSettings(section.epochs(), rate, section.seed(), threads, checkpoint);
  }
}
