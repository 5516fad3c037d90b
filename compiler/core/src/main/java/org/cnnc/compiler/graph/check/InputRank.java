package org.cnnc.compiler.graph.check;

/** What a layer can be applied to. */
public enum InputRank {
  /** [channels, height, width] only. */
  IMAGE,
  /** [features] only. */
  VECTOR,
  /** Both. */
  ANY
}
