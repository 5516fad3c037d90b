package org.cnnc.runtime;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Brings a session from its plain program to that of the vector target. Vectors crawl until the VM
 * has compiled the code that uses them, so this happens in the background, once the session has
 * computed so long that the work of it pays: a thread of low priority runs the vector program on
 * images of its own, beside the plain one, until it does not become faster any more, and hands it
 * over if it is faster then. The thread ends by itself, and soon when nobody holds the session.
 */
final class VectorSwitch implements Runnable {
  /**
   * What a session computes, with one arena, before vectors are warmed up: about what that costs.
   */
  private static final long WORK_BEFORE = 1_000_000_000L;

  /** A round of either form is so long, and has at least one prediction. */
  private static final long PLAIN_ROUND = 5_000_000L;

  private static final long VECTOR_ROUND = 20_000_000L;

  /** A round that is not this much faster than the best before it has gained nothing. */
  private static final double GAIN = 0.95;

  /**
   * So long without a gain, C2 has done what it will do. It takes a function with loops after some
   * hundred calls at the earliest.
   */
  private static final long QUIET = 500_000_000L;

  private static final int LEAST_CALLS = 1000;

  /**
   * When vectors are slower so long and so many calls after the last gain, they stay so. Calls
   * count as well as time: on a machine with other work, seconds may pass with little done.
   */
  private static final long PATIENCE = 10_000_000_000L;

  private static final int PATIENT_CALLS = 3000;

  private final WeakReference<PredictionSession> session;
  private final Supplier<Program> vectors;
  private final AtomicBoolean begun = new AtomicBoolean();

  /** Predictions of the background thread, in both forms. */
  private int calls;

  VectorSwitch(PredictionSession session, Supplier<Program> vectors) {
    this.session = new WeakReference<>(session);
    this.vectors = vectors;
  }

  /** Whether there is nothing more to tell it. */
  boolean hasBegun() {
    return begun.get();
  }

  /** Is told how many nanoseconds the calls with one arena have computed so far. */
  void computed(long nanos) {
    if (nanos >= WORK_BEFORE && begun.compareAndSet(false, true)) {
      try {
        start();
      } catch (OutOfMemoryError e) { // no thread to be had: the plain program goes on
        return;
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // politeness; nothing depends on it
  private void start() {
    Thread thread = new Thread(null, this, "cnnc-warm-up", 0, false);
    thread.setContextClassLoader(null);
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  @Override
  public void run() {
    if (!VectorSupport.isWanted()) {
      VectorSupport.tellOnce();
      return;
    }
    synchronized (VectorSwitch.class) { // several models take turns
      try {
        goOver();
      } catch (WeightsException | RuntimeException | LinkageError | OutOfMemoryError e) {
        return; // the plain program goes on
      }
    }
  }

  private void goOver() throws WeightsException {
    PredictionProgram plain = current();
    if (plain == null) {
      return;
    }
    Safetensors weights = new Safetensors("", Map.of(), plain.parameters());
    PredictionProgram fast = PredictionProgram.load(vectors.get(), weights, null);
    if (becomesFaster(plain, fast)) {
      PredictionSession owner = session.get();
      if (owner != null) {
        owner.goOnWith(fast);
      }
    }
  }

  private PredictionProgram current() {
    PredictionSession owner = session.get();
    return owner == null ? null : owner.current();
  }

  private boolean becomesFaster(PredictionProgram plain, PredictionProgram fast) {
    PredictionProgram.Arena plainArena = withImages(plain);
    PredictionProgram.Arena fastArena = withImages(fast);
    long plainBest = Long.MAX_VALUE;
    long best = Long.MAX_VALUE;
    long lastGain = System.nanoTime();
    int callsToGain = 0;
    while (!session.refersTo(null)) {
      plainBest = Math.min(plainBest, fastest(plainArena, PLAIN_ROUND, plain.info.batch()));
      long fastest = fastest(fastArena, VECTOR_ROUND, fast.info.batch());
      long now = System.nanoTime();
      if (fastest < GAIN * best) {
        lastGain = now;
        callsToGain = calls;
      }
      best = Math.min(best, fastest);
      if (now - lastGain > QUIET && calls >= LEAST_CALLS && best < plainBest) {
        return true;
      }
      if (now - lastGain > PATIENCE && calls - callsToGain > PATIENT_CALLS) {
        return false;
      }
    }
    return false;
  }

  private static PredictionProgram.Arena withImages(PredictionProgram program) {
    RandomSource random = RandomSource.of(1, "warm-up");
    float[] image = new float[program.info.input().elements()];
    PredictionProgram.Arena arena = program.get();
    for (int i = 0; i < program.info.batch(); i++) {
      for (int j = 0; j < image.length; j++) {
        image[j] = random.uniform(-1, 1);
      }
      program.images.write(image, 0, arena.imageRows, i);
    }
    return arena;
  }

  /**
   * One round: the nanoseconds of its fastest prediction of an image. A program that has groups
   * computes one in between: that code is to be warm, too.
   */
  private long fastest(PredictionProgram.Arena arena, long nanos, int group) {
    long best = Long.MAX_VALUE;
    long begin = System.nanoTime();
    long end = begin;
    while (end - begin < nanos) {
      if (group > 1) {
        arena.compute(group);
      }
      long before = System.nanoTime();
      arena.compute(1);
      end = System.nanoTime();
      best = Math.min(best, end - before);
      calls++;
    }
    return best;
  }
}
