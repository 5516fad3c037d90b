package org.cnnc.cli;

import java.util.Arrays;

/**
 * Measures how long work takes.
 *
 * @param warmup seconds to run before measuring
 * @param seconds seconds to measure
 */
record Stopwatch(double warmup, double seconds) {
  private static final int FEWEST_WARMUPS = 3;
  private static final int FEWEST_SAMPLES = 5;

  /** Something that is done again and again. */
  interface Work {
    /** Makes ready for a run; not measured. */
    void prepare();

    /** Is measured. */
    void run();
  }

  /** The median of the work's seconds. */
  double median(Work work) {
    samples(work, warmup, FEWEST_WARMUPS);
    long[] samples = samples(work, seconds, FEWEST_SAMPLES);
    Arrays.sort(samples);
    return samples[samples.length / 2] * 1e-9;
  }

  private static long[] samples(Work work, double seconds, int fewest) {
    long[] samples = new long[1024];
    int count = 0;
    long start = System.nanoTime();
    while ((System.nanoTime() - start) * 1e-9 < seconds || count < fewest) {
      work.prepare();
      long begin = System.nanoTime();
      work.run();
      if (count == samples.length) {
        samples = Arrays.copyOf(samples, 2 * count);
      }
      samples[count++] = System.nanoTime() - begin;
    }
    return Arrays.copyOf(samples, count);
  }
}
