package org.cnnc.compiler.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.grammar.source.SourceFile;

/**
 * A checked network: names resolved, shapes known. After this level the user can make no mistake
 * but a size limit.
 *
 * @param name a legal Java class name
 * @param values all values, by id; the input's is the first
 * @param nodes in the order of the text: producers before consumers
 * @param names every name of a value, the user's and the layers', with the value's id; in the order
 *     of the text
 * @param source what it was made from, for line numbers
 */
public record NetworkGraph(
    String name,
    InputSpec input,
    List<Value> values,
    List<Node> nodes,
    List<OutputSpec> outputs,
    Optional<LossSpec> loss,
    TrainingSpec training,
    Map<String, Integer> names,
    SourceFile source) {
  public NetworkGraph {
    values = List.copyOf(values);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  /** A graph without names other than those of its values, nodes and outputs. */
  public NetworkGraph(
      String name,
      InputSpec input,
      List<Value> values,
      List<Node> nodes,
      List<OutputSpec> outputs,
      Optional<LossSpec> loss,
      TrainingSpec training,
      SourceFile source) {
    this(
        name,
        input,
        values,
        nodes,
        outputs,
        loss,
        training,
        ownNames(values, nodes, outputs),
        source);
  }

  /** The value that the user or a layer's name calls {@code wanted}. */
  public Optional<Value> value(String wanted) {
    return Optional.ofNullable(names.get(wanted)).map(values::get);
  }

  /** Names of the values that layers give, in order. */
  public List<String> layerValues() {
    return nodes.stream().map(node -> node.output().name()).distinct().toList();
  }

  /** The node that gives a value; none gives the input. */
  public Optional<Node> producer(Value value) {
    return nodes.stream().filter(node -> node.output().id() == value.id()).findFirst();
  }

  public NetworkGraph withTraining(TrainingSpec newTraining) {
    return new NetworkGraph(name, input, values, nodes, outputs, loss, newTraining, names, source);
  }

  private static Map<String, Integer> ownNames(
      List<Value> values, List<Node> nodes, List<OutputSpec> outputs) {
    Map<String, Integer> names = new LinkedHashMap<>();
    values.forEach(value -> names.put(value.name(), value.id()));
    nodes.forEach(node -> names.put(node.name(), node.output().id()));
    outputs.forEach(output -> names.put(output.name(), output.value().id()));
    return names;
  }
}
