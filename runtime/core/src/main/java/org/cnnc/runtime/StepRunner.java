package org.cnnc.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.cnnc.runtime.ProgramInfo.PhaseInfo;

/**
 * Runs all phases of a program with several threads: the caller's and persistent daemon threads,
 * each with a scratch of its own. Threads take tasks, of their own share first; between phases all
 * wait for all. Which thread runs what changes no result: the program sees to that.
 *
 * <p>A step allocates nothing. One step at a time; close it while it is idle.
 */
public final class StepRunner implements AutoCloseable {
  /** Rounds of spinning before a thread parks: some ten microseconds, what waking one costs. */
  private static final int SPINS = 4000;

  private final Program program;
  private final PhaseInfo[] phases;
  private final Program.Scratch ownScratch;
  private final Worker[] workers;
  private final int spins;

  private final TaskShares shares;
  private final AtomicInteger busyWorkers = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  // Written by the caller before `round`, read by workers after it.
  private int phase;
  private int images;

  /** Counts the phases that workers were called for. */
  private volatile int round;

  private volatile boolean closed;
  private volatile Thread waitingCaller;

  /**
   * Starts the threads.
   *
   * @param threads how many compute, the caller's among them; at least 1
   */
  public StepRunner(Program program, ProgramInfo info, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads");
    }
    this.program = program;
    this.phases = info.phases().toArray(new PhaseInfo[0]);
    this.ownScratch = program.newScratch();
    // Spinning threads only help while each has a processor.
    this.spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    this.shares = new TaskShares(threads);
    this.workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1, program.newScratch());
    }
    for (Worker worker : workers) {
      worker.start();
    }
  }

  /** How many threads compute. */
  public int threads() {
    return workers.length + 1;
  }

  /**
   * Runs one step: all phases in order.
   *
   * @param stepImages number of images, 1 to the compiled batch
   * @throws IllegalStateException if a task fails, with the task's exception as its cause; or if
   *     the runner is closed
   */
  public void run(int stepImages) {
    run(stepImages, 0, phases.length);
  }

  /**
   * Runs a part of a step.
   *
   * @param from its first phase
   * @param to the one behind its last
   * @throws IllegalStateException as a whole step
   */
  public void run(int stepImages, int from, int to) {
    if (closed) {
      throw new IllegalStateException("the runner is closed");
    }
    images = stepImages;
    for (int i = from; i < to; i++) {
      runPhase(i);
    }
  }

  private void runPhase(int number) {
    PhaseInfo info = phases[number];
    phase = number;
    shares.begin(info.tasks());
    if (workers.length == 0 || info.tasks() <= 1 || info.small()) {
      takeTasks(0, ownScratch);
    } else {
      busyWorkers.set(workers.length);
      wakeWorkers();
      takeTasks(0, ownScratch);
      awaitWorkers();
    }
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw new IllegalStateException("phase \"" + info.name() + "\" failed: " + thrown, thrown);
    }
  }

  private void takeTasks(int thread, Program.Scratch scratch) {
    int current = phase;
    try {
      for (int task = shares.take(thread); task >= 0; task = shares.take(thread)) {
        program.run(current, task, images, scratch);
      }
    } catch (Throwable thrown) { // whatever it is, the caller gets it
      failure.compareAndSet(null, thrown);
      shares.abandon();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the caller writes it
  private void wakeWorkers() {
    round++;
    for (Worker worker : workers) {
      if (worker.parked) {
        LockSupport.unpark(worker);
      }
    }
  }

  private void awaitWorkers() {
    for (int i = 0; i < spins; i++) {
      if (busyWorkers.get() == 0) {
        return;
      }
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    waitingCaller = Thread.currentThread();
    while (busyWorkers.get() != 0) {
      LockSupport.park(this);
      // An interrupted thread cannot park; the interrupt is handed on when the phase is done.
      interrupted |= Thread.interrupted();
    }
    waitingCaller = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the threads and waits for their end. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    wakeWorkers();
    boolean interrupted = false;
    for (Worker worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Worker extends Thread {
    private final int number;
    private final Program.Scratch scratch;
    private volatile boolean parked;

    Worker(int number, Program.Scratch scratch) {
      super("cnnc-step-" + number);
      this.number = number;
      this.scratch = scratch;
      setDaemon(true);
    }

    @Override
    public void run() {
      int seen = 0;
      while (true) {
        seen = awaitRound(seen);
        if (closed) {
          return;
        }
        takeTasks(number, scratch);
        if (busyWorkers.decrementAndGet() == 0) {
          Thread caller = waitingCaller;
          if (caller != null) {
            LockSupport.unpark(caller);
          }
        }
      }
    }

    private int awaitRound(int seen) {
      for (int i = 0; i < spins; i++) {
        if (round != seen) {
          return round;
        }
        Thread.onSpinWait();
      }
      parked = true;
      while (round == seen) {
        LockSupport.park(StepRunner.this);
        // Nobody interrupts our own threads with a meaning; a set flag would keep them from
        // parking.
        Thread.interrupted();
      }
      parked = false;
      return round;
    }
  }
}
