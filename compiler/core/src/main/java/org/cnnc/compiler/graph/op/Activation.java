package org.cnnc.compiler.graph.op;

import org.cnnc.compiler.graph.shape.TensorShape;

/** A function of each element by itself. */
public sealed interface Activation extends Operator permits Relu, Sigmoid, Tanh, LeakyRelu, Mish {
  @Override
  default TensorShape outputShape(TensorShape input) {
    return input;
  }

  @Override
  default <R> R accept(Operator.Visitor<R> visitor) {
    return visitor.visitActivation(this);
  }

  /**
   * Whether {@code f'(x)} is computed from {@code f(x)}: then x need not be kept for the backward
   * pass.
   */
  boolean derivativeFromOutput();

  <R> R acceptActivation(ActivationVisitor<R> visitor);

  /** One method a function; adding one breaks every visitor. */
  interface ActivationVisitor<R> {
    R visitRelu(Relu function);

    R visitSigmoid(Sigmoid function);

    R visitTanh(Tanh function);

    R visitLeakyRelu(LeakyRelu function);

    R visitMish(Mish function);
  }
}
