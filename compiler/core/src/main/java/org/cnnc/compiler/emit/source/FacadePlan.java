package org.cnnc.compiler.emit.source;

import java.util.List;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.ConstantPlan;

/**
 * The class that an app names: a model with its weights, which answers.
 *
 * @param header names and comment; the weights' resource has the simple name too
 * @param predictionClass simple name of the class of kernels, in the same package
 * @param inputDims [channels, height, width]
 * @param preprocessing how pixels become input, a sentence for readers
 * @param outputSize number of scores
 * @param labels exact texts, one a score; empty when the model names none
 * @param constants public constants: sizes of arenas
 */
public record FacadePlan(
    ClassHeader header,
    String predictionClass,
    List<Integer> inputDims,
    String preprocessing,
    int outputSize,
    List<String> labels,
    List<ConstantPlan> constants) {
  public FacadePlan {
    inputDims = List.copyOf(inputDims);
    labels = List.copyOf(labels);
    constants = List.copyOf(constants);
    if (inputDims.size() != 3) {
      throw new IllegalArgumentException("an input of dims " + inputDims);
    }
    if (!labels.isEmpty() && labels.size() != outputSize) {
      throw new IllegalArgumentException(labels.size() + " labels for " + outputSize + " scores");
    }
  }

  /** Whether pictures fit the input: grey or colour. */
  public boolean takesPictures() {
    return inputDims.get(0) == 1 || inputDims.get(0) == 3;
  }

  /** File name of the weights that lie beside the class. */
  public String weightsResource() {
    return header.className() + ".safetensors";
  }
}
