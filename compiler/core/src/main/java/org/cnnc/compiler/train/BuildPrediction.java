package org.cnnc.compiler.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.OutputSpec;
import org.cnnc.compiler.graph.Value;

/**
 * Makes the step of a prediction: the forward pass of one image, with only the layers that the
 * results need.
 */
public final class BuildPrediction {
  private BuildPrediction() {}

  /**
   * Builds the step.
   *
   * @param kept values to keep beside the outputs, so that they can be read after the step
   */
  public static StepGraph apply(NetworkGraph network, List<Value> kept) {
    List<Value> results =
        new ArrayList<>(network.outputs().stream().map(OutputSpec::value).toList());
    kept.stream().filter(value -> !results.contains(value)).forEach(results::add);

    StepBuilder builder = new StepBuilder(network.source());
    builder.value(network.input().value(), network.input().value().name());
    for (Node node : neededNodes(network, results)) {
      builder.addForward(node);
    }
    return new StepGraph(
        network,
        false,
        1,
        builder.tensors(),
        builder.operations(),
        results.stream().map(builder::value).toList());
  }

  /** The nodes that {@code results} depend on, in the order of the text. */
  static List<Node> neededNodes(NetworkGraph network, List<Value> results) {
    Set<Integer> needed = new HashSet<>();
    results.forEach(value -> needed.add(value.id()));
    List<Node> nodes = new ArrayList<>();
    for (int i = network.nodes().size() - 1; i >= 0; i--) {
      Node node = network.nodes().get(i);
      if (needed.contains(node.output().id())) {
        node.inputs().forEach(input -> needed.add(input.id()));
        nodes.add(node);
      }
    }
    Collections.reverse(nodes);
    return nodes;
  }
}
