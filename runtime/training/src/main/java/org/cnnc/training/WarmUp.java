package org.cnnc.training;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;

/**
 * Makes a training program and runs steps of its own on random images in the background, until one
 * is faster than the form that trains meanwhile: vectors crawl until the VM has compiled the code
 * that uses them. If that does not come, training keeps its form.
 *
 * <p>It begins with steps of one image. Whatever a step does is then done soon and again and again,
 * what follows the last image, too; a whole batch would crawl through the same functions over and
 * over while the VM compiles them.
 */
final class WarmUp implements AutoCloseable {
  /** An image that is not this much faster than the best before it has gained nothing. */
  private static final double GAIN = 0.95;

  /** After so long without a gain, steps get twice as many images: the update may be large. */
  private static final long PATIENCE_TO_GROW = 500_000_000L;

  /**
   * When whole batches are the slower ones so long and so many steps after the last gain, they stay
   * so. Either alone says little: a step may take a millisecond or a second.
   */
  private static final long PATIENCE = 10_000_000_000L;

  private static final int PATIENT_STEPS = 160;

  /**
   * How many times as long as a step the training rests after it, where it, the warm-up and the
   * VM's compiler are more than the processors. So the compiler gets one to itself, and the time
   * until the fast form is there is mostly its: on two processors the first 1,024 images of vgg32
   * took 11.2 s instead of 14.2, the first 8,192 of lecture32 4.5 instead of 5.8.
   */
  private static final int REST = 4;

  private static final int WARM_UP_AND_COMPILER = 2;

  private static final long LONGEST_REST = 1_000_000_000L;

  private final Supplier<Program> maker;
  private final DoubleSupplier limit;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Program warm;
  private volatile boolean gaveUp;
  private volatile boolean closed;

  /**
   * Begins.
   *
   * @param maker makes the program; called on another thread
   * @param limit nanoseconds that one thread may take for an image, once warm; infinite until the
   *     other form has run a step
   */
  WarmUp(Supplier<Program> maker, DoubleSupplier limit) {
    this.maker = maker;
    this.limit = limit;
    this.thread = new Thread(this::run, "cnnc-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /** The program, once it is warm; from then on this never touches it. */
  Optional<Program> program() {
    return Optional.ofNullable(warm);
  }

  /** Whether it will never be faster, or cannot be made. */
  boolean gaveUp() {
    return gaveUp;
  }

  /**
   * Lets the training rest, unless there are processors enough; not past the end of the warm-up.
   *
   * @param stepNanos what its last step took
   * @param threads that it computes with
   */
  void giveWay(long stepNanos, int threads) {
    try {
      long rest = rest(stepNanos, threads, Runtime.getRuntime().availableProcessors());
      ended.await(rest, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever asked for an end sees to it
    }
  }

  static long rest(long stepNanos, int threads, int processors) {
    boolean enough = threads + WARM_UP_AND_COMPILER <= processors;
    return enough ? 0 : Math.min(stepNanos, LONGEST_REST / REST) * REST;
  }

  private void run() {
    try {
      makeAndWarm();
    } finally {
      ended.countDown();
    }
  }

  /** Training goes on with the program it has when this one cannot be made. */
  private void makeAndWarm() {
    Program program;
    boolean ready;
    try {
      program = maker.get();
      ProgramInfo info = ProgramInfo.parse(program.description());
      Parameters.initialise(program, info, 1);
      try (TrainingSteps steps = new TrainingSteps(program, info, 1e-6f, 1)) {
        ready = becomesWarm(steps);
      }
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      gaveUp = true;
      return;
    }
    if (ready) {
      warm = program;
    } else {
      gaveUp = !closed;
    }
  }

  private boolean becomesWarm(TrainingSteps steps) {
    RandomSource random = RandomSource.of(1, "warm-up");
    int images = 1;
    double best = Double.POSITIVE_INFINITY;
    long lastGain = System.nanoTime();
    int withoutGain = 0;
    while (!closed) {
      double nanos = nanosPerImage(steps, images, random);
      double toBeat = limit.getAsDouble();
      if (toBeat < Double.POSITIVE_INFINITY && nanos < toBeat) {
        return true;
      }
      boolean whole = images == steps.batch();
      long now = System.nanoTime();
      if (nanos < GAIN * best) {
        best = nanos;
        lastGain = now;
        withoutGain = 0;
      } else {
        withoutGain++;
      }
      if (whole && withoutGain >= PATIENT_STEPS && now - lastGain > PATIENCE) {
        return false;
      }
      if (!whole && now - lastGain > PATIENCE_TO_GROW) {
        images = Math.min(2 * images, steps.batch());
        lastGain = now;
      }
    }
    return false;
  }

  private static double nanosPerImage(TrainingSteps steps, int images, RandomSource random) {
    fill(steps, images, random);
    long begin = System.nanoTime();
    steps.run(images);
    return (double) (System.nanoTime() - begin) / images;
  }

  private static void fill(TrainingSteps steps, int images, RandomSource random) {
    float[] image = new float[steps.info().input().elements()];
    for (int position = 0; position < images; position++) {
      for (int i = 0; i < image.length; i++) {
        image[i] = random.uniform(-1, 1);
      }
      steps.image(position).floats(image, 0);
      steps.setTarget(position, 0);
    }
  }

  /** Stops soon. */
  @Override
  public void close() {
    closed = true;
  }
}
