package org.cnnc.benchmarks.machine;

/**
 * Two threads that write the same memory in turns, as threads of a training step do with weights
 * and values: what a cache line costs that another core has written.
 */
final class HandOver implements AutoCloseable {
  /** 256 KiB: fits into a core's own cache. */
  private static final int FLOATS = 64 * 1024;

  private static final int FLOATS_OF_LINE = 16;

  private final float[] memory = new float[FLOATS];
  private final Thread other = new Thread(this::answer, "hand-over");

  /** Whose turn it is: what is written before it changes is seen after. */
  private volatile boolean ours = true;

  private volatile boolean closed;

  private HandOver() {}

  static HandOver start() {
    HandOver handOver = new HandOver();
    handOver.other.setDaemon(true);
    handOver.other.start();
    return handOver;
  }

  /** Nanoseconds a cache line, the mean of what was possible in the time. */
  double nanosecondsOfLine(double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long writing = 0;
    long turns = 0;
    do {
      long begin = System.nanoTime();
      writeAll();
      writing += System.nanoTime() - begin;
      turns++;
      ours = false;
      while (!ours) {
        Thread.onSpinWait();
      }
    } while (System.nanoTime() < end);
    return (double) writing / turns / (FLOATS / FLOATS_OF_LINE);
  }

  private void answer() {
    while (!closed) {
      if (ours) {
        Thread.onSpinWait();
      } else {
        writeAll();
        ours = true;
      }
    }
  }

  private void writeAll() {
    for (int i = 0; i < FLOATS; i += FLOATS_OF_LINE) {
      memory[i]++;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
