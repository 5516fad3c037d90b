package org.cnnc.cli.measure;

/** How many multiply-adds one core of this machine can do: a loop of nothing else. */
public final class MachinePeak {
  private static final int LENGTH = 2048;
  private static final int DEPTH = 8;
  private static final int RUNS = 2000;
  private static final int ROUNDS = 40;

  private MachinePeak() {}

  /** FLOP a second, the best of several rounds: a multiply-add counts two. Takes a third second. */
  public static double measure() {
    float[] values = new float[LENGTH];
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int run = 0; run < RUNS; run++) {
        multiplyAdds(values, 0.5f, 0.25f);
      }
      double seconds = (System.nanoTime() - begin) * 1e-9;
      best = Math.max(best, 2.0 * DEPTH * LENGTH * RUNS / seconds);
    }
    return best;
  }

  /**
   * C2 puts neighbours into lanes. One element's additions wait for each other, those of other
   * elements need not: far more of them are under way than the core can do at once, and there is a
   * load and a store for {@link #DEPTH} multiply-adds.
   */
  private static void multiplyAdds(float[] values, float factor, float addend) {
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      value = Math.fma(value, factor, addend);
      value = Math.fma(value, factor, addend);
      value = Math.fma(value, factor, addend);
      value = Math.fma(value, factor, addend);
      value = Math.fma(value, factor, addend);
      value = Math.fma(value, factor, addend);
      value = Math.fma(value, factor, addend);
      value = Math.fma(value, factor, addend);
      values[i] = value;
    }
  }
}
