package org.cnnc.compiler.graph;

/** How parameters follow their gradients; definitions and defaults are PyTorch's. */
public sealed interface OptimizerSpec {
  float rate();

  /** {@code torch.optim.SGD}. */
  record Sgd(float rate, float momentum, boolean nesterov, float weightDecay)
      implements OptimizerSpec {}

  /** {@code torch.optim.Adam}. */
  record Adam(float rate, float beta1, float beta2, float epsilon, float weightDecay)
      implements OptimizerSpec {}
}
