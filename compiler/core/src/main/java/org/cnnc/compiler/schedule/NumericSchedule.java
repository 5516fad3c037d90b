package org.cnnc.compiler.schedule;

/**
 * What decides the bits of a step; it follows from the model and the batch size alone.
 *
 * <p>Sums begin with the bias or zero and are fused multiply-adds in this order: forward over
 * (kernel row, kernel column, input channel); the gradient of the input over (kernel row, kernel
 * column, output channel); the gradient of a weight over (image, row, column), or, where the
 * gradient is one element of each window of a pool, over (image, window row, window column): the
 * other elements are zero and are left out. The gradients of parameters that are summed image by
 * image are split into {@code imageBlocks} partial sums of {@code imagesPerBlock} consecutive
 * images each, added in order.
 */
public record NumericSchedule(int imageBlocks, int imagesPerBlock) {
  /** Names the rules of the forward pass; part of the model's hash, to be changed with them. */
  public static final String VERSION = "direct-1";

  /**
   * Names the rules of gradients and updates, to be changed with them. They decide what a training
   * gives, not what weights mean: so this is no part of the model's hash, but of what a training
   * program says of itself, and a run that was stopped goes on by the same rules or not at all.
   * (The rules before, without a name, summed behind a pool over all elements.)
   */
  public static final String TRAINING_VERSION = "gradients-2";

  private static final int MAX_BLOCKS = 8;

  public NumericSchedule {
    if (imageBlocks < 1 || imagesPerBlock < 1) {
      throw new IllegalArgumentException(imageBlocks + " blocks of " + imagesPerBlock);
    }
  }

  /** The schedule for a batch: at most eight blocks, enough to keep several threads busy. */
  public static NumericSchedule forBatch(int batch) {
    int imagesPerBlock = (batch + MAX_BLOCKS - 1) / MAX_BLOCKS;
    return new NumericSchedule((batch + imagesPerBlock - 1) / imagesPerBlock, imagesPerBlock);
  }
}
