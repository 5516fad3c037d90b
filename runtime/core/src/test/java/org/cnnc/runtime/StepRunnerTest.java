package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StepRunnerTest {
  private static final int TASKS = 13;

  /** A description of a training with these phases. */
  private static String training(String phases) {
    return """
        cnnc "0.1.0"
        model "Phases" hash "1" kind training
        input "image" 1 1 1 scale 1.0 mean 0.0 std 1.0
        images "image" buffer 0
        buffer shared "image" 8 1
        train optimizer "sgd" batch 8 epochs 1 seed 1
        """
        + phases;
  }

  /** Three phases: parts, their sum, and parts that use the sum. Counts what runs when. */
  private static final class Phases implements Program {
    private final float[] parts = new float[TASKS];
    private final float[] results = new float[TASKS];
    private final AtomicInteger partsDone = new AtomicInteger();
    private final AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);
    private final AtomicInteger early = new AtomicInteger();
    private float sum;
    private int failingTask = -1;

    private static final class Arena implements Scratch {
      private final float[] rows = new float[1];
      private final AtomicInteger users = new AtomicInteger();

      @Override
      public float[][] rows(int buffer) {
        return new float[][] {rows};
      }
    }

    @Override
    public String description() {
      return training(
          """
          phase "parts" 13
          phase "sum" 1
          phase "use" 13
          """);
    }

    @Override
    public float[][] rows(int buffer) {
      return new float[8][1];
    }

    @Override
    public Scratch newScratch() {
      return new Arena();
    }

    @Override
    public void run(int phase, int task, int images, Scratch scratch) {
      Arena arena = (Arena) scratch;
      if (arena.users.getAndIncrement() != 0) {
        throw new AssertionError("two threads in one scratch");
      }
      if (phase == 0) {
        runs.incrementAndGet(task);
        if (task == failingTask) {
          throw new ArithmeticException("task " + task);
        }
        arena.rows[0] = task * 0.1f + images;
        parts[task] = arena.rows[0] * arena.rows[0];
        partsDone.incrementAndGet();
      } else if (phase == 1) {
        early.addAndGet(partsDone.getAndSet(0) == TASKS ? 0 : 1);
        sum = 0;
        for (float part : parts) {
          sum += part;
        }
      } else {
        results[task] = parts[task] / sum;
      }
      arena.users.decrementAndGet();
    }
  }

  private static StepRunner runner(Program program, int threads) {
    return new StepRunner(program, ProgramInfo.parse(program.description()), threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyTaskRunsOnceAndPhasesWaitForEachOther(int threads) {
    Phases program = new Phases();
    Phases oracle = new Phases();
    try (StepRunner runner = runner(program, threads);
        StepRunner single = runner(oracle, 1)) {
      for (int step = 1; step <= 3000; step++) {
        runner.run(step % 8 + 1);
        single.run(step % 8 + 1);
        assertThat(program.results).isEqualTo(oracle.results);
      }
    }
    for (int task = 0; task < TASKS; task++) {
      assertThat(program.runs.get(task)).isEqualTo(3000);
    }
    assertThat(program.early.get()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void failureOfATaskReachesTheCaller(int threads) {
    for (int task = 0; task < TASKS; task++) {
      Phases program = new Phases();
      program.failingTask = task;
      try (StepRunner runner = runner(program, threads)) {
        assertThatIllegalStateException()
            .isThrownBy(() -> runner.run(1))
            .withMessageContaining("phase \"parts\" failed")
            .withCauseInstanceOf(ArithmeticException.class);
      }
    }
  }

  @Test
  void aStepAllocatesNothingOnAnyThread() {
    try (StepRunner runner = runner(new Phases(), 3)) {
      for (int step = 0; step < 5000; step++) {
        runner.run(8);
      }
      long before = AllocatedBytes.of("cnnc-step");
      for (int step = 0; step < 5000; step++) {
        runner.run(8);
      }
      // The smallest object has 16 bytes; measuring allocates a little.
      assertThat(AllocatedBytes.of("cnnc-step") - before).isLessThan(5000);
    }
  }

  @Test
  void closingEndsTheThreadsAndIsFinal() {
    StepRunner runner = runner(new Phases(), 3);
    runner.run(1);
    runner.close();
    runner.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> runner.run(1))
        .withMessage("the runner is closed");
  }

  @Test
  void anInterruptedCallerKeepsItsInterrupt() {
    try (StepRunner runner = runner(new Phases(), 3)) {
      Thread.currentThread().interrupt();
      for (int step = 0; step < 100; step++) {
        runner.run(1);
      }
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Notes the threads that run each of its two phases. */
  private static final class Threads implements Program {
    private final List<Set<Thread>> seen =
        List.of(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    private final CountDownLatch bothThere = new CountDownLatch(2);

    @Override
    public String description() {
      return training(
          """
          phase "small" 64 small
          phase "large" 2
          """);
    }

    @Override
    public float[][] rows(int buffer) {
      return new float[8][1];
    }

    @Override
    public Scratch newScratch() {
      return buffer -> new float[0][];
    }

    @Override
    public void run(int phase, int task, int images, Scratch scratch) {
      seen.get(phase).add(Thread.currentThread());
      if (phase == 1) { // each waits for the other: two threads are needed
        bothThere.countDown();
        try {
          bothThere.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Test
  void aSmallPhaseStaysOnTheCallersThread() {
    Threads program = new Threads();
    ProgramInfo info = ProgramInfo.parse(program.description());
    try (StepRunner runner = new StepRunner(program, info, 2)) {
      runner.run(8);
      assertThat(program.seen.get(0)).containsExactly(Thread.currentThread());
      assertThat(program.seen.get(1)).hasSize(2).contains(Thread.currentThread());
    }
  }
}
