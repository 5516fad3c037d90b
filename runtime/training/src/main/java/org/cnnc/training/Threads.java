package org.cnnc.training;

import java.util.concurrent.atomic.AtomicReference;

/** Runs one piece of work on several threads at once. */
final class Threads {
  private Threads() {}

  /**
   * Runs {@code work} on the caller's thread and {@code threads - 1} others, and waits for all.
   *
   * @throws IllegalStateException if it failed somewhere; the cause is the first failure
   */
  static void run(String name, int threads, Runnable work) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (Throwable e) { // whatever it is, the caller gets it
            failure.compareAndSet(null, e);
          }
        };
    Thread[] others = new Thread[threads - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Thread(guarded, name + "-" + (i + 1));
      others[i].setDaemon(true);
      others[i].start();
    }
    guarded.run();
    joinAll(others);
    if (failure.get() != null) {
      throw new IllegalStateException(name + " failed: " + failure.get(), failure.get());
    }
  }

  private static void joinAll(Thread[] threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
