package org.cnnc.compiler.graph.op;

/** {@code 1 / (1 + exp(-x))}. */
public record Sigmoid() implements Activation {
  @Override
  public String kind() {
    return "sigmoid";
  }

  @Override
  public boolean derivativeFromOutput() {
    return true;
  }

  @Override
  public <R> R acceptActivation(ActivationVisitor<R> visitor) {
    return visitor.visitSigmoid(this);
  }
}
