package org.cnnc.compiler.graph.op;

import org.cnnc.compiler.graph.shape.TensorShape;

/** [C, H, W] to [C * H * W], slice by slice (channel-major). */
public record Flatten() implements Operator {
  @Override
  public String kind() {
    return "flatten";
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    return TensorShape.vector(input.elements());
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFlatten(this);
  }
}
