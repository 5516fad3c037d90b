package org.cnnc.cli;

import org.cnnc.runtime.RandomSource;

/** Batches of random numbers from -1 to 1, in the place of images, and of random labels. */
final class RandomImages {
  private final RandomSource random = RandomSource.of(1, "images");
  private final int elements;
  private final int classes;
  private final float[] values;
  private final int[] labels;

  RandomImages(int batch, int elements, int classes) {
    this.elements = elements;
    this.classes = classes;
    this.values = new float[Math.multiplyExact(batch, elements)];
    this.labels = new int[batch];
  }

  /** Draws the next batch. */
  void next() {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(-1, 1);
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(classes);
    }
  }

  float[] values() {
    return values;
  }

  int offset(int image) {
    return image * elements;
  }

  int label(int image) {
    return labels[image];
  }
}
