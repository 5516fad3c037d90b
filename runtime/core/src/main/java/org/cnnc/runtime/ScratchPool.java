package org.cnnc.runtime;

import java.util.function.Supplier;

/**
 * A fixed number of things for one thread each, made when first needed, borrowed and given back. A
 * borrower waits while all are out: it can wait no longer than others compute.
 */
final class ScratchPool<T> {
  private final Supplier<T> maker;
  private final Object[] idle;
  private int idleCount;
  private int madeCount;

  ScratchPool(int most, Supplier<T> maker) {
    this.maker = maker;
    this.idle = new Object[most];
  }

  @SuppressWarnings("unchecked") // only giveBack puts something in
  T borrow() {
    boolean interrupted = false;
    synchronized (this) {
      while (idleCount == 0 && madeCount == idle.length) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (idleCount > 0) {
        return (T) idle[--idleCount];
      }
      madeCount++;
    }
    try {
      return maker.get();
    } catch (Throwable e) { // out of memory, most likely: others must not wait for it
      forget();
      throw e;
    }
  }

  synchronized void giveBack(T thing) {
    idle[idleCount++] = thing;
    notify();
  }

  private synchronized void forget() {
    madeCount--;
    notify();
  }
}
