package org.cnnc.compiler.graph.check;

import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Call;

/**
 * One use of a layer: attributes of the right types, and an input of the right rank.
 *
 * @param call its text
 * @param input what it is applied to
 */
record LayerContext(Call call, BoundArguments arguments, ValueDraft input, DiagnosticLog log) {
  <T> T get(Attribute<T> attribute) {
    return arguments.get(attribute);
  }

  TensorShape inputShape() {
    return input.shape();
  }

  /** Where the attribute is set; the whole call where its default holds. */
  Span span(Attribute<?> attribute) {
    return arguments.span(attribute).orElse(call.span());
  }
}
