package org.cnnc.cli.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Does something for each image of a batch, images split over threads: the caller's and others that
 * stay. The caller computes, too, so that it waits for no thread to wake up.
 */
public final class ParallelImages implements AutoCloseable {
  /** Rounds of waiting for another thread's last image before the caller sleeps: some 20 us. */
  private static final int SPINS = 2000;

  private final int threads;
  private final ExecutorService others;

  /** With so many threads, at least 1. */
  public ParallelImages(int threads) {
    this.threads = threads;
    this.others =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            work -> {
              Thread thread = new Thread(work, "cnnc-images");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Calls {@code work} with 0 to {@code images - 1}; returns when all is done.
   *
   * @throws IllegalStateException if a call fails, with what it threw as the cause; no image is
   *     begun after that
   */
  public void forEach(int images, IntConsumer work) {
    Batch batch = new Batch(images, work);
    int helpers = Math.max(0, Math.min(threads, images) - 1);
    for (int i = 0; i < helpers; i++) {
      others.execute(batch);
    }
    batch.takeImages();
    batch.awaitHelpers(helpers);
    Throwable thrown = batch.failure.get();
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }

  @Override
  public void close() {
    others.shutdown();
  }

  /** One batch; as a task, a thread's share of it. */
  private static final class Batch implements Runnable {
    private final int images;
    private final IntConsumer work;
    private final AtomicInteger next = new AtomicInteger();
    private final Semaphore done = new Semaphore(0);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Batch(int images, IntConsumer work) {
      this.images = images;
      this.work = work;
    }

    void takeImages() {
      try {
        for (int i = next.getAndIncrement(); i < images; i = next.getAndIncrement()) {
          work.accept(i);
        }
      } catch (Throwable thrown) { // whatever it is, the caller gets it
        failure.compareAndSet(null, thrown);
        next.set(images);
      }
    }

    void awaitHelpers(int helpers) {
      for (int i = 0; i < SPINS && done.availablePermits() < helpers; i++) {
        Thread.onSpinWait();
      }
      done.acquireUninterruptibly(helpers);
    }

    @Override
    public void run() {
      takeImages();
      done.release();
    }
  }
}
