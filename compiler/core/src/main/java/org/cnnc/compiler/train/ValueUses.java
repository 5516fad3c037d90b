package org.cnnc.compiler.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.Value;

/**
 * How often the values of a network are used, by layers and by the loss.
 *
 * @param nodes in their order
 * @param counts by the id of a value
 */
record ValueUses(List<Node> nodes, Map<Integer, Integer> counts) {
  static ValueUses of(List<Node> nodes, Value lossValue) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (Node node : nodes) {
      node.inputs().forEach(input -> counts.merge(input.id(), 1, Integer::sum));
    }
    counts.merge(lossValue.id(), 1, Integer::sum);
    return new ValueUses(nodes, counts);
  }

  int count(Value value) {
    return counts.getOrDefault(value.id(), 0);
  }

  /** The one layer that uses a layer's value, where nothing else does. */
  Optional<Node> onlyUser(Node node) {
    return count(node.output()) == 1
        ? nodes.stream().filter(user -> user.inputs().contains(node.output())).findFirst()
        : Optional.empty();
  }
}
