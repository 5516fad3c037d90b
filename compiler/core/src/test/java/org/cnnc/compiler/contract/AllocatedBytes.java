package org.cnnc.compiler.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Counts what the caller and some other threads have allocated so far. */
final class AllocatedBytes {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long[] threads;

  private AllocatedBytes(long[] threads) {
    this.threads = threads;
  }

  /** Of the caller, and of all live threads whose name begins so. */
  static AllocatedBytes ofThreads(String prefix) {
    Thread[] all = new Thread[Thread.activeCount() + 64];
    int count = Thread.enumerate(all);
    return new AllocatedBytes(
        Arrays.stream(all, 0, count)
            .filter(thread -> thread.getName().startsWith(prefix))
            .mapToLong(AllocatedBytes::threadId)
            .toArray());
  }

  long sum() {
    long sum = THREADS.getCurrentThreadAllocatedBytes();
    for (long thread : threads) {
      sum += THREADS.getThreadAllocatedBytes(thread);
    }
    return sum;
  }

  @SuppressWarnings("deprecation") // its successor is not in Java 17
  private static long threadId(Thread thread) {
    return thread.getId();
  }
}
