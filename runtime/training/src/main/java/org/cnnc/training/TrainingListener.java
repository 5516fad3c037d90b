package org.cnnc.training;

/** Hears how training goes; called on the thread that runs the trainer. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * A step is done.
   *
   * @param progress changes with the next step
   */
  default void step(Progress progress) {}

  /**
   * An epoch is done and, with validation data, judged. It is saved, too, where the run has a
   * checkpoint, so whatever happens here, {@link Trainer#resume} goes on behind it.
   */
  default void epoch(EpochReport report) {}

  /** From the last step on the run computes with vectors ({@link TrainingTask#faster}). */
  default void wentOver() {}

  /** Where training stands; always the same object. */
  interface Progress {
    /** The epoch, from 1. */
    int epoch();

    /** How many epochs there will be. */
    int epochs();

    /** Images of this epoch that are learnt. */
    int images();

    /** Images in an epoch. */
    int imagesPerEpoch();

    /** Mean loss of the step. */
    float loss();

    /** Mean loss of the epoch so far. */
    double meanLoss();

    /** Training speed in this epoch. */
    double imagesPerSecond();
  }
}
