package org.cnnc.benchmarks.kernels;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.util.ListStatistics;

/** How long work keeps the processor busy, on the calling thread. */
final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int FEWEST = 5;
  private static final double MEDIAN = 50;

  /** Reading the clock takes about a microsecond: little of this. */
  private static final long NANOSECONDS_OF_A_SAMPLE = 200_000;

  private final Runnable work;

  ProcessorTime(Runnable work) {
    this.work = work;
  }

  /**
   * The median of a run, in nanoseconds.
   *
   * @param warmup seconds to run before measuring
   * @param seconds seconds to measure
   */
  double median(double warmup, double seconds) {
    double roughly = samples(1, warmup).getPercentile(MEDIAN);
    int runs = (int) Math.max(1, NANOSECONDS_OF_A_SAMPLE / Math.max(1, roughly));
    return samples(runs, seconds).getPercentile(MEDIAN) / runs;
  }

  private ListStatistics samples(int runs, double seconds) {
    ListStatistics samples = new ListStatistics();
    long start = System.nanoTime();
    while (samples.getN() < FEWEST || (System.nanoTime() - start) * 1e-9 < seconds) {
      long begin = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < runs; i++) {
        work.run();
      }
      samples.addValue((double) (THREADS.getCurrentThreadCpuTime() - begin));
    }
    return samples;
  }
}
