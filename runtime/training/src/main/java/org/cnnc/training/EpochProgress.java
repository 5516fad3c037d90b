package org.cnnc.training;

/**
 * Where a run stands, all that a checkpoint must remember beside parameters and states.
 *
 * <p>Mutable, because it changes with every step and a step allocates nothing.
 */
final class EpochProgress {
  /** Epochs that are complete. */
  int epoch;

  /** Images of the running epoch that are learnt. */
  int images;

  /** Sum of their losses, in the order they were learnt. */
  double lossSum;

  /** How many of them were named rightly. */
  int correct;

  /** Steps since the beginning. */
  long steps;

  double meanLoss() {
    return lossSum / images;
  }

  void nextEpoch() {
    epoch++;
    images = 0;
    lossSum = 0;
    correct = 0;
  }
}
