package org.cnnc.compiler.schedule;

/** Whether convolutions are computed together with the max pools behind them, where they can be. */
public enum PoolFusion {
  NEVER,
  /** Where the cost model expects it to be faster. */
  WHERE_FASTER,
  ALWAYS
}
