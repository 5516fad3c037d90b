package org.cnnc.compiler.graph;

import java.util.List;

/** How parameters follow their gradients; definitions and defaults are PyTorch's. */
public sealed interface OptimizerSpec {
  float rate();

  /** What the optimizer remembers of each parameter, by name. */
  List<String> states();

  /** {@code torch.optim.SGD}. */
  record Sgd(float rate, float momentum, boolean nesterov, float weightDecay)
      implements OptimizerSpec {
    @Override
    public List<String> states() {
      return momentum == 0 ? List.of() : List.of("momentum");
    }
  }

  /** {@code torch.optim.Adam}. */
  record Adam(float rate, float beta1, float beta2, float epsilon, float weightDecay)
      implements OptimizerSpec {
    @Override
    public List<String> states() {
      return List.of("first_moment", "second_moment");
    }
  }
}
