package org.cnnc.compiler.graph.op;

import java.util.List;
import org.cnnc.compiler.graph.shape.TensorShape;

/**
 * A layer's operator, all attributes resolved; the definitions are PyTorch's. It knows shapes,
 * nothing else.
 */
public sealed interface Operator
    permits Activation, Conv2d, MaxPool, AveragePool, Flatten, FullyConnected, Softmax {

  /** The layer's name in the language: {@code conv}. */
  String kind();

  /** The attributes as text: {@code out=16, kernel=3x3}; empty where there are none. */
  default String attributes() {
    return "";
  }

  /**
   * {@code conv(out=16, kernel=3x3, ...)}, for people and for the hash of a model: two operators
   * compute the same if and only if their texts are equal.
   */
  default String text() {
    return attributes().isEmpty() ? kind() : kind() + "(" + attributes() + ")";
  }

  /** Whether the operator can be applied to an input of this shape. */
  default boolean accepts(TensorShape input) {
    return true;
  }

  /** Shape of the result for an input of a shape that fits. */
  TensorShape outputShape(TensorShape input);

  /** The parameters, in the order of a PyTorch state dict. */
  default List<ParameterSpec> parameters(TensorShape input) {
    return List.of();
  }

  /**
   * Elements of all parameters; exact even where {@link #parameters} would be too large to
   * describe.
   */
  default long parameterCount(TensorShape input) {
    return 0;
  }

  /**
   * Floats that one worker needs at a time beside values and parameters; the largest piece of them.
   */
  default long workingMemory(TensorShape input) {
    return 0;
  }

  /** Multiplications with addition, for one image. */
  default long multiplyAdds(TensorShape input) {
    return 0;
  }

  <R> R accept(Visitor<R> visitor);

  /** One method an operator; adding an operator breaks every visitor. */
  interface Visitor<R> {
    R visitActivation(Activation operator);

    R visitConv2d(Conv2d operator);

    R visitMaxPool(MaxPool operator);

    R visitAveragePool(AveragePool operator);

    R visitFlatten(Flatten operator);

    R visitFullyConnected(FullyConnected operator);

    R visitSoftmax(Softmax operator);
  }
}
