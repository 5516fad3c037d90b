package org.example.pictures;

import org.cnnc.runtime.RandomSource;

/** Random choices for one picture: the same seed and name make the same choices everywhere. */
final class Dice {
  private final RandomSource random;

  Dice(long seed, String name) {
    random = RandomSource.of(seed, name);
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** True in {@code percent} of a hundred cases. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
