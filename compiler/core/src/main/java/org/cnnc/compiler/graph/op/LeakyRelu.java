package org.cnnc.compiler.graph.op;

/** {@code x > 0 ? x : slope * x}. */
public record LeakyRelu(float slope) implements Activation {
  @Override
  public String kind() {
    return "leaky_relu";
  }

  @Override
  public String attributes() {
    return "slope=" + FloatText.of(slope);
  }

  @Override
  public boolean derivativeFromOutput() {
    return false;
  }

  @Override
  public <R> R acceptActivation(ActivationVisitor<R> visitor) {
    return visitor.visitLeakyRelu(this);
  }
}
