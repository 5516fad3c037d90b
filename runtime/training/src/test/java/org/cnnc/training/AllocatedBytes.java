package org.cnnc.training;

import java.lang.management.ManagementFactory;

/** Counts what threads allocate. */
final class AllocatedBytes {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  /** Bytes allocated so far by the caller and by all live threads whose name begins so. */
  static long of(String prefix) {
    long sum = THREADS.getCurrentThreadAllocatedBytes();
    Thread[] all = new Thread[Thread.activeCount() + 64];
    int count = Thread.enumerate(all);
    for (int i = 0; i < count; i++) {
      if (all[i].getName().startsWith(prefix)) {
        sum += THREADS.getThreadAllocatedBytes(threadId(all[i]));
      }
    }
    return sum;
  }

  @SuppressWarnings("deprecation") // its successor is not in Java 17
  private static long threadId(Thread thread) {
    return thread.getId();
  }
}
