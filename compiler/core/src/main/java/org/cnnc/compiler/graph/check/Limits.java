package org.cnnc.compiler.graph.check;

import org.cnnc.compiler.graph.shape.TensorShape;

/** How large a network can be. Arrays of Java end at 2^31 elements; these stay well below. */
final class Limits {
  static final int LAYERS = 10_000;

  /** Of one value, for one image. */
  static final long ELEMENTS = 1L << 28;

  /** Of an input unrolled for a convolution: what one worker needs at a time. */
  static final long WORKING_MEMORY = 1L << 30;

  /** Of the whole network. */
  static final long PARAMETERS = 1L << 30;

  /** Of a label, in characters: a constant of Java has at most 65,535 bytes. */
  static final int LABEL = 1000;

  private Limits() {}

  /** Exact for every shape, also for one that is too large. */
  static long elements(TensorShape shape) {
    return (long) shape.channels() * shape.height() * shape.width();
  }
}
