package org.cnnc.benchmarks.kernels;

import java.util.concurrent.TimeUnit;
import org.cnnc.compiler.schedule.Target;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One layer: a forward pass, or training steps of {@value #BATCH} images, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
  static final int BATCH = 16;

  @Param public Kernel kernel;

  @Param public Job job;

  @Param public Target target;

  private RunningNetwork network;

  @Setup
  public void compile() {
    network = RunningNetwork.of(kernel.text(), job, target, BATCH);
  }

  @TearDown
  public void close() {
    network.close();
  }

  @Benchmark
  public void run() {
    network.run();
  }
}
