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

  public int elements() {
    return dims.stream().reduce(1, Math::multiplyExact);
  }
}
