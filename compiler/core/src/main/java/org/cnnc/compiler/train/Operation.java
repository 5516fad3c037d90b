package org.cnnc.compiler.train;

import java.util.ArrayList;
import java.util.List;

/**
 * One computation of a step.
 *
 * @param name unique; of a layer, its name and what is computed of it
 * @param layer name of the layer it belongs to
 * @param inputs in the order that {@link Computation} gives
 * @param outputs likewise; each tensor has one producer
 * @param line line of the model, from 1; 0 for none
 * @param text what the user wrote there, for comments in generated code
 */
public record Operation(
    String name,
    String layer,
    Computation computation,
    List<Tensor> inputs,
    List<Tensor> outputs,
    int line,
    String text) {
  public Operation {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Inputs, then outputs. */
  public List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>(inputs);
    tensors.addAll(outputs);
    return tensors;
  }

  public Tensor input(int position) {
    return inputs.get(position);
  }

  public Tensor output() {
    return outputs.get(0);
  }
}
