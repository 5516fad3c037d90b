package org.cnnc.compiler.graph.op;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.shape.TensorShape;

/** {@code y = W x + b}; weight [out, in], bias [out]. */
public record FullyConnected(int outFeatures, boolean bias) implements Operator {
  @Override
  public String kind() {
    return "fc";
  }

  @Override
  public String attributes() {
    return "out=" + outFeatures + (bias ? ", bias" : "");
  }

  @Override
  public boolean accepts(TensorShape input) {
    return input.isVector();
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    return TensorShape.vector(outFeatures);
  }

  @Override
  public List<ParameterSpec> parameters(TensorShape input) {
    int fanIn = input.elements();
    List<ParameterSpec> result = new ArrayList<>();
    result.add(new ParameterSpec("weight", List.of(outFeatures, fanIn), fanIn));
    if (bias) {
      result.add(new ParameterSpec("bias", List.of(outFeatures), fanIn));
    }
    return result;
  }

  @Override
  public long parameterCount(TensorShape input) {
    long weights = (long) outFeatures * input.elements();
    return bias ? weights + outFeatures : weights;
  }

  @Override
  public long multiplyAdds(TensorShape input) {
    return (long) outFeatures * input.elements();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFullyConnected(this);
  }
}
