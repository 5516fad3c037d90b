package org.cnnc.training.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cnnc.runtime.RandomSource;

/**
 * Data to learn from, and data to judge by.
 *
 * @param training what is learnt
 * @param validation what the network must not have seen
 */
public record Split(Dataset training, Optional<Dataset> validation) {
  /** No validation. */
  public static Split none(Dataset all) {
    return new Split(all, Optional.empty());
  }

  /**
   * The last images become the validation data.
   *
   * @throws IllegalArgumentException unless both parts get an image
   */
  public static Split last(Dataset all, int count) {
    checkParts(all, count);
    int first = all.size() - count;
    return new Split(
        all.subset(IntStream.range(0, first).toArray(), "first " + first),
        Optional.of(all.subset(IntStream.range(first, all.size()).toArray(), "last " + count)));
  }

  /**
   * A random part becomes the validation data: {@code round(fraction * size)} images, the first of
   * a permutation by {@code RandomSource.of(seed, "validation")}. Both parts keep the data's order.
   *
   * @throws IllegalArgumentException unless both parts get an image
   */
  public static Split fraction(Dataset all, double fraction, long seed) {
    int count = (int) Math.round(fraction * all.size());
    checkParts(all, count);
    int[] images = IntStream.range(0, all.size()).toArray();
    RandomSource.of(seed, "validation").shuffle(images);
    Arrays.sort(images, 0, count);
    Arrays.sort(images, count, images.length);
    String seeded = " by seed " + seed;
    return new Split(
        all.subset(
            Arrays.copyOfRange(images, count, images.length), (images.length - count) + seeded),
        Optional.of(all.subset(Arrays.copyOf(images, count), "the other " + count + seeded)));
  }

  private static void checkParts(Dataset all, int count) {
    if (count < 1 || count >= all.size()) {
      throw new IllegalArgumentException(
          "validation needs 1 to " + (all.size() - 1) + " of the images, not " + count);
    }
  }
}
