package org.cnnc.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Placeholder: the cost of one fused multiply-add. */
@State(Scope.Thread)
public class FmaBenchmark {
  float a = 1.5f;
  float b = 2.5f;
  float c = 3.5f;

  @Benchmark
  public float fma() {
    return Math.fma(a, b, c);
  }
}
