package org.cnnc.compiler.graph.op;

/** {@code x * tanh(log(1 + exp(x)))}. */
public record Mish() implements Activation {
  @Override
  public String kind() {
    return "mish";
  }

  @Override
  public boolean derivativeFromOutput() {
    return false;
  }

  @Override
  public <R> R acceptActivation(ActivationVisitor<R> visitor) {
    return visitor.visitMish(this);
  }
}
