package org.cnnc.compiler.graph.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.Activation.LeakyRelu;
import org.cnnc.compiler.graph.op.Activation.Mish;
import org.cnnc.compiler.graph.op.Activation.Relu;
import org.cnnc.compiler.graph.op.Activation.Sigmoid;
import org.cnnc.compiler.graph.op.Activation.Tanh;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.AveragePool;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.op.Operator.Flatten;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.graph.op.Operator.MaxPool;
import org.cnnc.compiler.graph.op.Operator.Softmax;
import org.cnnc.compiler.graph.shape.Window;

/** The layers of the language, in the order of the reference. A new layer gets its line here. */
public final class LayerCatalogue {
  /** Layers, attributes and defaults of this version of the language. */
  public static final LayerCatalogue STANDARD =
      new LayerCatalogue(
          List.of(
              convolution(),
              fullyConnected(),
              pooling("maxpool", MaxPool::new),
              pooling("avgpool", AveragePool::new),
              elementwise("relu", new Relu()),
              leakyRelu(),
              elementwise("sigmoid", new Sigmoid()),
              elementwise("tanh", new Tanh()),
              elementwise("mish", new Mish()),
              plain("softmax", InputRank.VECTOR, new Softmax()),
              plain("flatten", InputRank.ANY, new Flatten())));

  private static final int LARGEST_COUNT = 1 << 20;

  private final List<LayerSignature> layers;

  private LayerCatalogue(List<LayerSignature> layers) {
    this.layers = List.copyOf(layers);
  }

  public List<LayerSignature> layers() {
    return layers;
  }

  public Optional<LayerSignature> find(String name) {
    return layers.stream().filter(layer -> layer.name().equals(name)).findFirst();
  }

  List<String> names() {
    return layers.stream().map(LayerSignature::name).toList();
  }

  private static LayerSignature convolution() {
    Attribute<Integer> out = outputCount();
    WindowAttributes window = WindowAttributes.ofConvolution();
    Attribute<Boolean> bias = bias();
    return new LayerSignature(
        Signature.call("conv", out, window.kernel(), window.stride(), window.padding(), bias),
        InputRank.IMAGE,
        context ->
            window
                .resolve(context)
                .map(resolved -> new Conv2d(context.get(out), resolved, context.get(bias))));
  }

  private static LayerSignature fullyConnected() {
    Attribute<Integer> out = outputCount();
    Attribute<Boolean> bias = bias();
    return new LayerSignature(
        Signature.call("fc", out, bias),
        InputRank.VECTOR,
        context -> Optional.of(new FullyConnected(context.get(out), context.get(bias))));
  }

  private static LayerSignature pooling(String name, Function<Window, Operator> operator) {
    WindowAttributes window = WindowAttributes.ofPooling();
    return new LayerSignature(
        Signature.call(name, window.kernel(), window.stride(), window.padding()),
        InputRank.IMAGE,
        context -> window.resolve(context).map(operator));
  }

  private static LayerSignature leakyRelu() {
    Attribute<Float> slope =
        Attribute.optional("slope", FloatNumber.any(), "0.01", 0.01f).byPosition();
    return new LayerSignature(
        Signature.call("leaky_relu", slope),
        InputRank.ANY,
        context -> Optional.of(new LeakyRelu(context.get(slope))));
  }

  private static LayerSignature elementwise(String name, Activation operator) {
    return plain(name, InputRank.ANY, operator);
  }

  private static LayerSignature plain(String name, InputRank inputRank, Operator operator) {
    return new LayerSignature(Signature.call(name), inputRank, context -> Optional.of(operator));
  }

  private static Attribute<Integer> outputCount() {
    return Attribute.required("out", new AttributeTypes.Count(1, LARGEST_COUNT)).byPosition();
  }

  private static Attribute<Boolean> bias() {
    return Attribute.optional("bias", new AttributeTypes.Flag(), "true", true);
  }
}
