package org.cnnc.runtime;

import java.nio.charset.StandardCharsets;

/**
 * The random numbers of cnnc: xoshiro256** by Blackman and Vigna, the same on every machine.
 *
 * <p>The state is four longs, from a seed the first four results of SplitMix64: {@code z = (seed +=
 * 0x9e3779b97f4a7c15)}, {@code z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9}, {@code z = (z ^ z >>> 27)
 * * 0x94d049bb133111eb}, {@code z ^ z >>> 31}. A step gives {@code rotateLeft(s1 * 5, 7) * 9}, then
 * {@code t = s1 << 17; s2 ^= s0; s3 ^= s1; s1 ^= s2; s0 ^= s3; s2 ^= t; s3 = rotateLeft(s3, 45)}.
 *
 * <p>For one thread. Allocates nothing but in {@link #state()}.
 */
public final class RandomSource {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long s0;
  private long s1;
  private long s2;
  private long s3;

  private RandomSource(long s0, long s1, long s2, long s3) {
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.s3 = s3;
  }

  /** The source of a seed. */
  public static RandomSource of(long seed) {
    long first = seed + GOLDEN;
    long second = first + GOLDEN;
    long third = second + GOLDEN;
    return new RandomSource(
        splitMix(first), splitMix(second), splitMix(third), splitMix(third + GOLDEN));
  }

  /**
   * A source of its own for each purpose: the seed's SplitMix64 value, and the name's UTF-8 bytes
   * by 64-bit FNV-1a, combined by exclusive or. So the order in which names come does not matter.
   */
  public static RandomSource of(long seed, String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return of(splitMix(seed + GOLDEN) ^ hash);
  }

  /**
   * The source that {@link #state()} came from, at that moment.
   *
   * @throws IllegalArgumentException unless there are four longs, not all zero
   */
  public static RandomSource restore(long[] state) {
    if (state.length != 4 || (state[0] | state[1] | state[2] | state[3]) == 0) {
      throw new IllegalArgumentException("a state is four longs, not all zero");
    }
    return new RandomSource(state[0], state[1], state[2], state[3]);
  }

  private static long splitMix(long advanced) {
    long z = (advanced ^ (advanced >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Everything that later numbers depend on. */
  public long[] state() {
    return new long[] {s0, s1, s2, s3};
  }

  /** 64 random bits. */
  public long nextLong() {
    long result = Long.rotateLeft(s1 * 5, 7) * 9;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /** Uniform in [0, 1): the top 24 bits of {@link #nextLong()} times 2^-24. */
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /** Uniform from {@code low} to {@code high}: {@code fma(nextFloat(), high - low, low)}. */
  public float uniform(float low, float high) {
    return Math.fma(nextFloat(), high - low, low);
  }

  /**
   * Uniform in 0 .. bound - 1, without bias: the high half of {@code (nextLong() >>> 32) * bound};
   * drawn again while the low half is below {@code 2^32 mod bound}.
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound " + bound);
    }
    long rejected = (1L << 32) % bound;
    long product;
    do {
      product = (nextLong() >>> 32) * bound;
    } while ((product & 0xffffffffL) < rejected);
    return (int) (product >>> 32);
  }

  /** Fisher-Yates: for i from the last to 1, exchanges places i and {@code nextInt(i + 1)}. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
