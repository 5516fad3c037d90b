package org.cnnc.cli.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Measures operations of a program in turn, again and again: what disturbs one, disturbs all. */
public final class OperationTimes {
  /** Shorter runs are repeated, so that looking at the clock takes no part of the time. */
  private static final double SHORTEST_SAMPLE = 20e-6;

  private static final int MOST_REPETITIONS = 64;
  private static final int FEWEST_SAMPLES = 5;

  private static final long ROUND_NANOS = 20_000_000;
  private static final int ROUNDS_WITHOUT_GAIN = 4;

  /** A round that is not this much faster than the best before it has gained nothing. */
  private static final double GAIN = 0.95;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final OperationRunner runner;
  private final Set<String> operations;
  private final LongSupplier nanos;
  private final Map<String, List<Double>> samples = new HashMap<>();
  private final Map<String, Integer> repetitions = new HashMap<>();

  /**
   * Nothing is measured yet.
   *
   * @param operations those to measure
   * @param nanos the clock, in nanoseconds
   */
  public OperationTimes(OperationRunner runner, List<String> operations, LongSupplier nanos) {
    this.runner = runner;
    this.nanos = nanos;
    this.operations = new LinkedHashSet<>(operations);
    operations.forEach(operation -> repetitions.put(operation, 1));
  }

  /**
   * Runs each operation until the virtual machine has compiled it: it does not become faster any
   * more, and makes no objects, as vector code does until then.
   *
   * @param most seconds for one operation
   * @param all seconds for all of them
   * @return the operations that are warm; the others would need more time
   */
  public Set<String> warmUp(double most, double all) {
    long end = nanos.getAsLong() + inNanos(all);
    Set<String> warm = new HashSet<>();
    for (String operation : operations) {
      if (warmUp(operation, Math.min(end, nanos.getAsLong() + inNanos(most)))) {
        warm.add(operation);
      }
    }
    return warm;
  }

  private boolean warmUp(String operation, long end) {
    double best = Double.POSITIVE_INFINITY;
    int withoutGain = 0;
    boolean makesObjects = true;
    runBefore(operation);
    while (withoutGain < ROUNDS_WITHOUT_GAIN || makesObjects) {
      if (nanos.getAsLong() - end >= 0) {
        return false;
      }
      long allocated = allocatedBytes();
      double seconds = round(operation);
      makesObjects = allocatedBytes() != allocated;
      withoutGain = seconds < GAIN * best ? 0 : withoutGain + 1;
      best = Math.min(best, seconds);
    }
    return true;
  }

  private void runBefore(String operation) {
    List<String> all = runner.operations();
    all.subList(0, all.indexOf(operation)).forEach(runner::run);
  }

  private static long inNanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  /** Runs for a short while; returns the seconds of one run. */
  private double round(String operation) {
    long begin = nanos.getAsLong();
    long runs = 0;
    while (nanos.getAsLong() - begin < ROUND_NANOS) {
      runner.run(operation);
      runs++;
    }
    return (nanos.getAsLong() - begin) * 1e-9 / runs;
  }

  /** By this thread; looking makes none. */
  private static long allocatedBytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** Forgets all samples. */
  public void forget() {
    samples.clear();
  }

  /** Adds samples for a while, a few in any case. */
  public void sample(double seconds) {
    long begin = nanos.getAsLong();
    for (int round = 0;
        round < FEWEST_SAMPLES || (nanos.getAsLong() - begin) * 1e-9 < seconds;
        round++) {
      sample();
    }
  }

  /** Adds a sample of each operation, on the values that a step would leave it. */
  public void sample() {
    for (String operation : runner.operations()) {
      if (operations.contains(operation)) {
        sampleOperation(operation);
      } else {
        runner.run(operation);
      }
    }
  }

  private void sampleOperation(String operation) {
    int count = repetitions.get(operation);
    long begin = nanos.getAsLong();
    for (int i = 0; i < count; i++) {
      runner.run(operation);
    }
    double seconds = (nanos.getAsLong() - begin) * 1e-9;
    repetitions.put(operation, repetitionsFor(seconds / count));
    samples
        .computeIfAbsent(operation, key -> new ArrayList<>())
        .add(seconds / count / runner.images(operation));
  }

  private static int repetitionsFor(double seconds) {
    return (int) Math.min(MOST_REPETITIONS, Math.ceil(SHORTEST_SAMPLE / Math.max(seconds, 1e-9)));
  }

  /** The median of an operation's seconds an image. */
  public double seconds(String operation) {
    List<Double> sorted = samples.get(operation).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
