package org.cnnc.compiler.graph;

import java.util.List;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.grammar.source.Span;

/**
 * One layer: an operator applied to values.
 *
 * @param name {@code conv1}, or the name given with {@code as}; unique, stable, the prefix of its
 *     parameters' names
 * @param inputs the values it takes
 * @param output the value it gives
 * @param span its text in the model
 */
public record Node(String name, Operator operator, List<Value> inputs, Value output, Span span) {
  public Node {
    inputs = List.copyOf(inputs);
  }

  /** The input of an operator that has one. */
  public Value input() {
    return inputs.get(0);
  }
}
