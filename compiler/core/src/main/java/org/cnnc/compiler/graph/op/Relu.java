package org.cnnc.compiler.graph.op;

/** {@code max(0, x)}. */
public record Relu() implements Activation {
  @Override
  public String kind() {
    return "relu";
  }

  @Override
  public boolean derivativeFromOutput() {
    return true;
  }

  @Override
  public <R> R acceptActivation(ActivationVisitor<R> visitor) {
    return visitor.visitRelu(this);
  }
}
