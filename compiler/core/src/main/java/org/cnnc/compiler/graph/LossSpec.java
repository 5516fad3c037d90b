package org.cnnc.compiler.graph;

import org.cnnc.grammar.source.Span;

/**
 * What training makes small.
 *
 * @param kind the function
 * @param output the output that the loss judges; for cross-entropy the result of a softmax
 * @param value the value that the loss is computed from: for cross-entropy the logits, the
 *     softmax's input
 */
public record LossSpec(Kind kind, OutputSpec output, Value value, Span span) {
  /** The loss functions. */
  public enum Kind {
    /** {@code -log softmax(logits)[target]}, mean over the images. */
    CROSS_ENTROPY,
    /**
     * Sum over images and elements of value times a given tensor of the same shape: its gradient is
     * that tensor. Not in the language; tests use it to feed a gradient into any value.
     */
    INNER_PRODUCT
  }
}
