package org.cnnc.cli.model;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Does something for each image of a batch, images split over threads. */
public final class ParallelImages implements AutoCloseable {
  private final ForkJoinPool pool;
  private final int threads;

  /** With so many threads, at least 1. */
  public ParallelImages(int threads) {
    this.threads = threads;
    this.pool = new ForkJoinPool(threads);
  }

  /** Calls {@code work} with 0 to {@code images - 1}; returns when all is done. */
  public void forEach(int images, IntConsumer work) {
    if (threads == 1 || images == 1) {
      IntStream.range(0, images).forEach(work);
      return;
    }
    try {
      pool.submit(() -> IntStream.range(0, images).parallel().forEach(work)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
