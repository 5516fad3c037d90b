package org.cnnc.training;

import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;

/**
 * Makes a training program and runs steps of its own on random images in the background, until they
 * do not become faster any more: vectors crawl until the VM has compiled the code that uses them.
 * They are warm when they are faster than the form that trains meanwhile; if that does not come,
 * training keeps its form.
 */
final class WarmUp implements AutoCloseable {
  private static final int STEPS_PER_ROUND = 8;

  /** A round that is not this much faster than the best before it has gained nothing. */
  private static final double GAIN = 0.95;

  private static final int ROUNDS_WITHOUT_GAIN = 3;

  /**
   * When this form is the slower one so long and so many rounds after the last gain, it stays so.
   * Either alone says little: a step may take a millisecond or a second.
   */
  private static final long PATIENCE = 10_000_000_000L;

  private static final int PATIENT_ROUNDS = 20;

  private final Supplier<Program> maker;
  private final DoubleSupplier limit;
  private final Thread thread;
  private volatile Program warm;
  private volatile boolean gaveUp;
  private volatile boolean closed;

  /**
   * Begins.
   *
   * @param maker makes the program; called on another thread
   * @param limit nanoseconds that one thread may take for an image, once warm
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

  /** Training goes on with the program it has when this one cannot be made. */
  private void run() {
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
    float[] image = new float[steps.info().input().elements()];
    long best = Long.MAX_VALUE;
    long lastGain = System.nanoTime();
    int withoutGain = 0;
    while (!closed) {
      long fastest = Long.MAX_VALUE;
      for (int i = 0; i < STEPS_PER_ROUND && !closed; i++) {
        fill(steps, image, random);
        long begin = System.nanoTime();
        steps.run(steps.batch());
        fastest = Math.min(fastest, System.nanoTime() - begin);
      }
      boolean gains = (double) fastest < GAIN * (double) best;
      withoutGain = gains ? 0 : withoutGain + 1;
      lastGain = gains ? System.nanoTime() : lastGain;
      best = Math.min(best, fastest);
      boolean faster = (double) best / steps.batch() < limit.getAsDouble();
      if (withoutGain >= ROUNDS_WITHOUT_GAIN && faster) {
        return true;
      }
      if (withoutGain >= PATIENT_ROUNDS && System.nanoTime() - lastGain > PATIENCE) {
        return false;
      }
    }
    return false;
  }

  private static void fill(TrainingSteps steps, float[] image, RandomSource random) {
    for (int position = 0; position < steps.batch(); position++) {
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
