package org.cnnc.runtime;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Hands the tasks of a phase to threads. Each thread has a share of consecutive tasks, the same in
 * every step, so that what a task writes stays in its thread's cache until the next step (weights
 * and momentum of a layer move to another core otherwise); who has finished its own helps the
 * others.
 */
final class TaskShares {
  /** Counters stand this far apart: two cache lines, which processors fetch together. */
  private static final int APART = 32;

  private final int threads;
  private final AtomicIntegerArray next;
  private int tasks;

  TaskShares(int threads) {
    this.threads = threads;
    this.next = new AtomicIntegerArray(threads * APART);
  }

  /** Starts a phase. No thread takes tasks meanwhile, and all see its effect before they do. */
  void begin(int phaseTasks) {
    tasks = phaseTasks;
    for (int i = 0; i < threads; i++) {
      next.set(i * APART, start(i));
    }
  }

  /** A task that nobody has, or -1 if there is none. */
  int take(int thread) {
    for (int i = 0; i < threads; i++) {
      int owner = thread + i < threads ? thread + i : thread + i - threads;
      int slot = owner * APART;
      int end = start(owner + 1);
      if (next.get(slot) < end) {
        int task = next.getAndIncrement(slot);
        if (task < end) {
          return task;
        }
      }
    }
    return -1;
  }

  /** Leaves what nobody has taken. */
  void abandon() {
    for (int i = 0; i < threads; i++) {
      next.set(i * APART, tasks);
    }
  }

  private int start(int thread) {
    return (int) ((long) tasks * thread / threads);
  }
}
