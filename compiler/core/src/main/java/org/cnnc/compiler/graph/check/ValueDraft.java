package org.cnnc.compiler.graph.check;

import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.grammar.source.Span;

/**
 * A value while the graph is being built.
 *
 * @param id its position
 * @param layerName name of the layer that gives it, or the input's name
 * @param producer text of the layer that gives it, or of the input's name
 */
record ValueDraft(int id, String layerName, TensorShape shape, Span producer) {
  /** For the label at the producer. */
  String givesShape() {
    return "gives " + shape;
  }
}
