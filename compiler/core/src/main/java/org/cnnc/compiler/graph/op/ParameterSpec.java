package org.cnnc.compiler.graph.op;

import java.util.List;

/**
 * A parameter of an operator.
 *
 * @param name {@code weight} or {@code bias}
 * @param dims PyTorch's shape
 * @param fanIn inputs that one output sums: initial values are uniform in +-1/sqrt(fanIn), as in
 *     PyTorch's reset_parameters
 */
public record ParameterSpec(String name, List<Integer> dims, int fanIn) {
  public ParameterSpec {
    dims = List.copyOf(dims);
  }

  /** A weight of these dims and, if wanted, a bias: one number for each of its rows. */
  static List<ParameterSpec> weightAndBias(List<Integer> dims, boolean bias, int fanIn) {
    ParameterSpec weight = new ParameterSpec("weight", dims, fanIn);
    return bias
        ? List.of(weight, new ParameterSpec("bias", dims.subList(0, 1), fanIn))
        : List.of(weight);
  }

  public int elements() {
    return dims.stream().reduce(1, Math::multiplyExact);
  }
}
