package org.cnnc.compiler.graph;

import java.util.Optional;

/**
 * Finds the border between the two halves of a network: the first extracts features, the second
 * classifies them. It is the value that the user calls {@code features}; else the tensor that is
 * flattened to the first vector, for fully connected layers. The input itself is no feature.
 */
public final class FeatureValue {
  private static final String NAME = "features";

  private FeatureValue() {}

  /** The value at the border; none in a network without such. */
  public static Optional<Value> of(NetworkGraph network) {
    return network
        .value(NAME)
        .or(() -> flattened(network))
        .filter(value -> network.producer(value).isPresent());
  }

  private static Optional<Value> flattened(NetworkGraph network) {
    return network.nodes().stream()
        .filter(node -> !node.input().shape().isVector() && node.output().shape().isVector())
        .map(Node::input)
        .findFirst();
  }
}
