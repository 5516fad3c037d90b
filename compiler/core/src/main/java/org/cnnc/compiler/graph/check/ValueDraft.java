package org.cnnc.compiler.graph.check;

import java.util.Optional;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.source.Span;

/**
 * A value while the graph is being built.
 *
 * @param id its position
 * @param layerName name of the layer that gives it, or the input's name
 * @param producer text of the layer that gives it, or of the input's name
 * @param arithmetic how the shape came about, in numbers, and by which layer
 */
record ValueDraft(
    int id, String layerName, TensorShape shape, Span producer, Optional<String> arithmetic) {
  /** Says in a diagnostic where the value is made, and how it gets its shape. */
  Diagnostic explainShape(Diagnostic diagnostic) {
    Diagnostic shown = diagnostic.withSecondary(producer, "gives " + shape);
    return arithmetic.map(shown::withNote).orElse(shown);
  }
}
