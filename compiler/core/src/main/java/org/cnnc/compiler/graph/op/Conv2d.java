package org.cnnc.compiler.graph.op;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/**
 * 2-D cross-correlation; weight [out, in, rows, columns], bias [out]. A padded tap multiplies a
 * real zero.
 */
public record Conv2d(int outChannels, Window window, boolean bias) implements Operator {
  @Override
  public String kind() {
    return "conv";
  }

  @Override
  public String attributes() {
    return "out=" + outChannels + ", " + window + (bias ? ", bias" : "");
  }

  @Override
  public boolean accepts(TensorShape input) {
    return window.fits(input);
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    return TensorShape.image(
        outChannels, window.outputHeight(input.height()), window.outputWidth(input.width()));
  }

  @Override
  public List<ParameterSpec> parameters(TensorShape input) {
    int fanIn = input.channels() * window.kernel().rows() * window.kernel().columns();
    List<ParameterSpec> result = new ArrayList<>();
    result.add(
        new ParameterSpec(
            "weight",
            List.of(
                outChannels, input.channels(), window.kernel().rows(), window.kernel().columns()),
            fanIn));
    if (bias) {
      result.add(new ParameterSpec("bias", List.of(outChannels), fanIn));
    }
    return result;
  }

  @Override
  public long parameterCount(TensorShape input) {
    long weights =
        (long) outChannels * input.channels() * window.kernel().rows() * window.kernel().columns();
    return bias ? weights + outChannels : weights;
  }

  /** The unrolled input, or the unrolled gradient of the output: the larger. */
  @Override
  public long workingMemory(TensorShape input) {
    TensorShape output = outputShape(input);
    long taps = (long) window.kernel().rows() * window.kernel().columns();
    long forward = taps * input.channels() * output.height() * output.width();
    long backward = taps * outChannels * input.height() * input.width();
    return Math.max(forward, backward);
  }

  @Override
  public long multiplyAdds(TensorShape input) {
    return (long) outputShape(input).elements() * parameters(input).get(0).fanIn();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitConv2d(this);
  }
}
