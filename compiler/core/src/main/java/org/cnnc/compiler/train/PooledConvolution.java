package org.cnnc.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Window;

/**
 * A convolution whose values go into a max pool and nowhere else, directly or through an activation
 * whose derivative comes from its output. Where the windows are apart, the gradient of the
 * convolution's value is zero but at one place of each window: a quarter of the weight gradient's
 * work for windows of 2 x 2, and nothing of the size of the convolution's value need be there in
 * the backward pass.
 */
record PooledConvolution(Node convolution, Optional<Node> activation, Node pool) {
  /** All of a network. */
  static List<PooledConvolution> find(ValueUses uses) {
    List<PooledConvolution> found = new ArrayList<>();
    for (Node node : uses.nodes()) {
      if (node.operator() instanceof Conv2d conv && conv.window().seesImageEverywhere()) {
        uses.onlyUser(node).flatMap(next -> endingIn(node, next, uses)).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<PooledConvolution> endingIn(Node convolution, Node next, ValueUses uses) {
    if (next.operator() instanceof Activation) {
      return next.operator() instanceof Activation.FromOutput
          ? uses.onlyUser(next)
              .filter(PooledConvolution::isPool)
              .map(pool -> new PooledConvolution(convolution, Optional.of(next), pool))
          : Optional.empty();
    }
    return isPool(next)
        ? Optional.of(new PooledConvolution(convolution, Optional.empty(), next))
        : Optional.empty();
  }

  private static boolean isPool(Node node) {
    return node.operator().choosesFrom().isPresent();
  }

  Window windows() {
    return pool.operator().choosesFrom().orElseThrow();
  }
}
