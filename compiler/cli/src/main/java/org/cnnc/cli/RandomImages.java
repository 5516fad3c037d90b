package org.cnnc.cli;

import org.cnnc.runtime.RandomSource;

/**
 * Batches of random numbers from -1 to 1, in the place of images, and of random labels. They are
 * drawn in the first steps and take turns, as the data of a training lies in memory: while numbers
 * were drawn between the steps, the other threads would go to sleep, and each step would wake them.
 */
final class RandomImages {
  private static final int MOST_BATCHES = 8;

  /** Beyond so many floats in all, two batches have to do. */
  private static final long MOST_FLOATS = 16L << 20;

  private final RandomSource random = RandomSource.of(1, "images");
  private final int elements;
  private final int classes;
  private final float[][] values;
  private final int[][] labels;
  private int drawn;
  private int current = -1;

  RandomImages(int batch, int elements, int classes) {
    this.elements = elements;
    this.classes = classes;
    int length = Math.multiplyExact(batch, elements);
    int batches = (int) Math.max(2, Math.min(MOST_BATCHES, MOST_FLOATS / length));
    this.values = new float[batches][length];
    this.labels = new int[batches][batch];
  }

  /** Goes to the next batch, which is drawn when its first turn comes. */
  void next() {
    current = (current + 1) % values.length;
    if (current == drawn) {
      draw(values[current], labels[current]);
      drawn++;
    }
  }

  private void draw(float[] images, int[] targets) {
    for (int i = 0; i < images.length; i++) {
      images[i] = random.uniform(-1, 1);
    }
    for (int i = 0; i < targets.length; i++) {
      targets[i] = random.nextInt(classes);
    }
  }

  float[] values() {
    return values[current];
  }

  int offset(int image) {
    return image * elements;
  }

  int label(int image) {
    return labels[current][image];
  }
}
