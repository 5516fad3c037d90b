package org.cnnc.training;

import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;

/**
 * Reads the images of an order that is known before on a thread of its own, up to two batches
 * ahead: while a step computes, the next two are read, so that it never waits for a disk that is as
 * fast as it. Allocates nothing per image. What it holds is half of what the batch's input takes in
 * the program, where that is floats and the images are pixels; else it is twice as much.
 *
 * <p>One thread takes the images. The two meet once a batch.
 */
final class ReadAhead implements AutoCloseable {
  private static final int BATCHES = 2;

  private final Dataset data;
  private final int batch;
  private final HeldImage[] slots;

  /** Of the thread that takes: place in the order, and the place up to which it need not ask. */
  private int next;

  private int known;

  // Under the lock, but for what begin alone changes: it does so when everything was taken.
  private int[] order = {};
  private int first;
  private int read;
  private int freed;
  private boolean closed;
  private Throwable failure;

  /**
   * Starts the thread.
   *
   * @param elements of an image
   * @param batch images that are taken one right after the other
   */
  ReadAhead(Dataset data, int elements, int batch) {
    this.data = data;
    this.batch = Math.min(batch, data.size());
    this.slots = new HeldImage[BATCHES * this.batch];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new HeldImage(elements);
    }
    Thread thread = new Thread(this::readAll, "cnnc-read-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Begins with an order, after all images of the one before were taken.
   *
   * @param images their numbers, which do not change meanwhile
   * @param from place of the first one that is wanted
   */
  synchronized void begin(int[] images, int from) {
    if (next != order.length) {
      throw new IllegalStateException(next + " of " + order.length + " images were taken");
    }
    order = images;
    first = from;
    read = from;
    freed = from;
    next = from;
    known = from;
    notifyAll();
  }

  /** Hands over the next image of the order. */
  void take(ImageSink sink) {
    if (next == known) {
      freeAndAwait();
    }
    slots[(next - first) % slots.length].handTo(sink);
    next++;
  }

  /** The images that were known are all taken: their slots are free, and others are there. */
  private synchronized void freeAndAwait() {
    freed = next;
    notifyAll();
    boolean interrupted = false;
    while (read == next && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // training goes on; whoever asked for an end sees to it
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (read == next) {
      throw new IllegalStateException("images cannot be read: " + failure, failure);
    }
    known = Math.min(read, next + batch);
  }

  private void readAll() {
    try {
      for (int end = awaitRoom(); end >= 0; end = awaitRoom()) {
        for (int place = read; place < end; place++) {
          data.read(order[place], slots[(place - first) % slots.length]);
        }
        publish(end);
      }
    } catch (RuntimeException | Error | InterruptedException e) { // the other thread gets it
      fail(e);
    }
  }

  /** Waits until a batch has room; returns the place of its end, or -1 when all is over. */
  private synchronized int awaitRoom() throws InterruptedException {
    while (!closed && (read == order.length || read - freed > slots.length - batch)) {
      wait();
    }
    return closed ? -1 : Math.min(order.length, read + batch);
  }

  private synchronized void publish(int end) {
    read = end;
    notifyAll();
  }

  private synchronized void fail(Throwable problem) {
    failure = problem;
    notifyAll();
  }

  /** Ends the thread soon. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
