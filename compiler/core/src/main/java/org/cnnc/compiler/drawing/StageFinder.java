package org.cnnc.compiler.drawing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.Value;

/**
 * Finds the stages of a network: each name that the user gives to a value stands for the layers
 * from the named values before it, or from the input, to its own. Several names of one value are
 * one stage.
 */
final class StageFinder {
  private final NetworkGraph network;
  private final Map<Integer, List<String>> namesOfValue = new LinkedHashMap<>();
  private final Map<String, Integer> stageOfNode = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  StageFinder(NetworkGraph network) {
    this.network = network;
    findNames();
    // In the order of the text: a later stage ends where an earlier one has taken the layers.
    for (Node node : network.nodes()) {
      List<String> given = namesOfValue.get(node.output().id());
      if (given != null) {
        names.add(String.join(", ", given));
        take(node, names.size() - 1);
      }
    }
  }

  private void findNames() {
    Set<String> layerNames = new HashSet<>();
    network.nodes().forEach(node -> layerNames.add(node.name()));
    network
        .names()
        .forEach(
            (name, value) -> {
              if (!layerNames.contains(name) && value != network.input().value().id()) {
                namesOfValue.computeIfAbsent(value, unused -> new ArrayList<>()).add(name);
              }
            });
  }

  private void take(Node node, int stage) {
    if (stageOfNode.putIfAbsent(node.name(), stage) != null) {
      return;
    }
    for (Value input : node.inputs()) {
      if (!namesOfValue.containsKey(input.id())) {
        network.producer(input).ifPresent(producer -> take(producer, stage));
      }
    }
  }

  /** The stages, in the order of the text. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** The stage of a layer; empty if no named value needs it. */
  Optional<Integer> stageOf(Node node) {
    return Optional.ofNullable(stageOfNode.get(node.name()));
  }
}
