package org.cnnc.compiler.graph.op;

import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/** The mean of each window; a padded tap counts as zero (PyTorch's count_include_pad = True). */
public record AveragePool(Window window) implements Operator {
  @Override
  public String kind() {
    return "avgpool";
  }

  @Override
  public String attributes() {
    return window.toString();
  }

  @Override
  public boolean accepts(TensorShape input) {
    return window.fits(input);
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    return TensorShape.image(
        input.channels(), window.outputHeight(input.height()), window.outputWidth(input.width()));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitAveragePool(this);
  }
}
