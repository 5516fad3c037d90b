package org.cnnc.compiler.schedule;

/**
 * Whether convolutions are computed together with what is behind them: with max pools, where they
 * can be, and with activations, wherever they are fused at all.
 */
public enum Fusion {
  NEVER,
  /** Where the cost model expects it to be faster. */
  WHERE_FASTER,
  ALWAYS
}
