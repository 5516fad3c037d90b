package org.cnnc.compiler.train;

import java.util.List;
import org.cnnc.compiler.graph.NetworkGraph;

/**
 * All that is computed in one step.
 *
 * @param network what it was made from
 * @param training whether it trains; else it predicts
 * @param batch the most images of a step; 1 for prediction
 * @param tensors by id
 * @param operations in an order in which producers come before consumers, and who reads a parameter
 *     before who changes it
 * @param results tensors that must still be there after the step: outputs, values and gradients
 *     asked for, losses
 */
public record StepGraph(
    NetworkGraph network,
    boolean training,
    int batch,
    List<Tensor> tensors,
    List<Operation> operations,
    List<Tensor> results) {
  public StepGraph {
    tensors = List.copyOf(tensors);
    operations = List.copyOf(operations);
    results = List.copyOf(results);
  }

  /** The tensor that takes the images. */
  public Tensor image() {
    return tensors.get(0);
  }

  /** Tensors of one role, in order. */
  public List<Tensor> withRole(Tensor.Role role) {
    return tensors.stream().filter(tensor -> tensor.role() == role).toList();
  }
}
