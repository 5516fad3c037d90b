package org.cnnc.compiler.graph.op;

/** {@code tanh(x)}. */
public record Tanh() implements Activation {
  @Override
  public String kind() {
    return "tanh";
  }

  @Override
  public boolean derivativeFromOutput() {
    return true;
  }

  @Override
  public <R> R acceptActivation(ActivationVisitor<R> visitor) {
    return visitor.visitTanh(this);
  }
}
