package org.cnnc.compiler.graph;

import java.util.List;
import java.util.Optional;
import org.cnnc.grammar.source.SourceFile;

/**
 * A checked network: names resolved, shapes known. After this level the user can make no mistake
 * but a size limit.
 *
 * @param name a legal Java class name
 * @param values all values, by id; the input's is the first
 * @param nodes in the order of the text: producers before consumers
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
    SourceFile source) {
  public NetworkGraph {
    values = List.copyOf(values);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }
}
