package org.cnnc.compiler.graph.op;

import org.cnnc.compiler.graph.shape.TensorShape;

/** A function of each element by itself; adding one is a record and a method of the visitor. */
public sealed interface Activation extends Operator {
  @Override
  default TensorShape outputShape(TensorShape input) {
    return input;
  }

  @Override
  default <R> R accept(Operator.Visitor<R> visitor) {
    return visitor.visitActivation(this);
  }

  <R> R acceptActivation(ActivationVisitor<R> visitor);

  /** One method a function; adding one breaks every visitor. */
  interface ActivationVisitor<R> {
    R visitRelu(Relu function);

    R visitSigmoid(Sigmoid function);

    R visitTanh(Tanh function);

    R visitLeakyRelu(LeakyRelu function);

    R visitMish(Mish function);
  }

  /** {@code f'(x)} is computed from {@code f(x)}: x need not be kept for the backward pass. */
  sealed interface FromOutput extends Activation {
    @Override
    default GradientRule gradientRule() {
      return GradientRule.FROM_OUTPUT;
    }
  }

  /** {@code f'(x)} is computed from x. */
  sealed interface FromInput extends Activation {
    @Override
    default GradientRule gradientRule() {
      return GradientRule.FROM_INPUT;
    }
  }

  /** {@code max(0, x)}. */
  record Relu() implements FromOutput {
    @Override
    public String kind() {
      return "relu";
    }

    @Override
    public <R> R acceptActivation(ActivationVisitor<R> visitor) {
      return visitor.visitRelu(this);
    }
  }

  /** {@code x > 0 ? x : slope * x}. */
  record LeakyRelu(float slope) implements FromInput {
    @Override
    public String kind() {
      return "leaky_relu";
    }

    @Override
    public String attributes() {
      return "slope=" + FloatText.of(slope);
    }

    @Override
    public <R> R acceptActivation(ActivationVisitor<R> visitor) {
      return visitor.visitLeakyRelu(this);
    }
  }

  /** {@code 1 / (1 + exp(-x))}. */
  record Sigmoid() implements FromOutput {
    @Override
    public String kind() {
      return "sigmoid";
    }

    @Override
    public <R> R acceptActivation(ActivationVisitor<R> visitor) {
      return visitor.visitSigmoid(this);
    }
  }

  /** {@code tanh(x)}. */
  record Tanh() implements FromOutput {
    @Override
    public String kind() {
      return "tanh";
    }

    @Override
    public <R> R acceptActivation(ActivationVisitor<R> visitor) {
      return visitor.visitTanh(this);
    }
  }

  /** {@code x * tanh(log(1 + exp(x)))}. */
  record Mish() implements FromInput {
    @Override
    public String kind() {
      return "mish";
    }

    @Override
    public <R> R acceptActivation(ActivationVisitor<R> visitor) {
      return visitor.visitMish(this);
    }
  }
}
