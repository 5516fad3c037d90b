package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.grammar.source.Span;

/** The values and layers found so far. */
final class NetworkDraft {
  private final List<ValueDraft> values = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, Integer> layersOfKind = new HashMap<>();
  private int layerCount;
  private long parameterCount;

  /**
   * A layer while the graph is being built.
   *
   * @param name given by the user or counted
   * @param span its text, with its name
   */
  record Layer(String name, Operator operator, ValueDraft input, ValueDraft output, Span span) {}

  ValueDraft addInput(String name, TensorShape shape, Span span) {
    return addValue(name, shape, span, Optional.empty());
  }

  /** Counts a layer, whether or not it will turn out right: {@code conv2} for the second conv. */
  String nextName(String kind) {
    layerCount++;
    return kind + layersOfKind.merge(kind, 1, Integer::sum);
  }

  /**
   * Adds a layer.
   *
   * @param callSpan its text without the name that the user may have given to it
   */
  ValueDraft addLayer(
      String name, Operator operator, ValueDraft input, Span stageSpan, Span callSpan) {
    ValueDraft output =
        addValue(
            name,
            operator.outputShape(input.shape()),
            callSpan,
            ShapeArithmetic.of(operator, input.shape())
                .map(how -> "`" + name + "` gives " + how)
                .or(() -> sameShape(operator, input) ? input.arithmetic() : Optional.empty()));
    layers.add(new Layer(name, operator, input, output, stageSpan));
    parameterCount += operator.parameterCount(input.shape());
    return output;
  }

  private static boolean sameShape(Operator operator, ValueDraft input) {
    return operator.outputShape(input.shape()).equals(input.shape());
  }

  private ValueDraft addValue(
      String name, TensorShape shape, Span producer, Optional<String> arithmetic) {
    ValueDraft value = new ValueDraft(values.size(), name, shape, producer, arithmetic);
    values.add(value);
    return value;
  }

  /** Layers counted so far, right or wrong. */
  int layerCount() {
    return layerCount;
  }

  long parameterCount() {
    return parameterCount;
  }

  List<ValueDraft> values() {
    return List.copyOf(values);
  }

  List<Layer> layers() {
    return List.copyOf(layers);
  }
}
