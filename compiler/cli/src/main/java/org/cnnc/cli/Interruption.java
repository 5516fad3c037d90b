package org.cnnc.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Lets work end in order when the user presses Ctrl-C: the work is told to stop, and the virtual
 * machine waits until it has.
 */
final class Interruption {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  /**
   * Begins to listen.
   *
   * @param stop tells the work to stop; called on another thread
   */
  Interruption(Runnable stop) {
    hook = new Thread(() -> stopAndWait(stop), "cnnc-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopAndWait(Runnable stop) {
    stop.run();
    boolean interrupted = false;
    while (ended.getCount() > 0) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work has ended, and all it had to say is said; to be called in any case. */
  void end() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is about to end: the hook runs, and now finds its end.
      return;
    }
  }
}
