package org.cnnc.compiler.graph.op;

import org.cnnc.compiler.graph.shape.TensorShape;

/** {@code exp(x_i - max) / sum exp(x_j - max)} over a vector. */
public record Softmax() implements Operator {
  @Override
  public String kind() {
    return "softmax";
  }

  @Override
  public boolean accepts(TensorShape input) {
    return input.isVector();
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    return input;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitSoftmax(this);
  }
}
