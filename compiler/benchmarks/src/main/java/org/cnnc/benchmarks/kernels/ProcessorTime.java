package org.cnnc.benchmarks.kernels;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.util.ListStatistics;

/** How long work keeps the processor busy, on the calling thread. */
final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();
  private static final int FEWEST = 5;
  private static final int MOST_ROUNDS = 60;

  /** One is not enough: a compilation counts when it ends, and the next may not have begun. */
  private static final int QUIET_ROUNDS = 3;

  /** Part of a round's time. */
  private static final double HARDLY_ANY = 0.01;

  private static final double MEDIAN = 50;

  /** Reading the clock takes about a microsecond: little of this. */
  private static final long NANOSECONDS_OF_A_SAMPLE = 200_000;

  private final Runnable work;

  ProcessorTime(Runnable work) {
    this.work = work;
  }

  /**
   * The median of a run, in nanoseconds, once the virtual machine compiles no more.
   *
   * @param warmup seconds of a round before measuring: there are as many as it takes until {@value
   *     #QUIET_ROUNDS} in a row have hardly any compilation in them, but at most {@value
   *     #MOST_ROUNDS}
   * @param seconds seconds to measure
   */
  double median(double warmup, double seconds) {
    double roughly = warmUp(warmup).getPercentile(MEDIAN);
    int runs = (int) Math.max(1, NANOSECONDS_OF_A_SAMPLE / Math.max(1, roughly));
    return samples(runs, seconds).getPercentile(MEDIAN) / runs;
  }

  private ListStatistics warmUp(double seconds) {
    ListStatistics round = samples(1, seconds);
    int quiet = 0;
    for (int i = 1; i < MOST_ROUNDS && quiet < QUIET_ROUNDS; i++) {
      long before = COMPILERS.getTotalCompilationTime();
      round = samples(1, seconds);
      double compiled = 1e-3 * (COMPILERS.getTotalCompilationTime() - before);
      quiet = compiled > HARDLY_ANY * seconds ? 0 : quiet + 1;
    }
    return round;
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
