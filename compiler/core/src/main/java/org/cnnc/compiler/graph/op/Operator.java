package org.cnnc.compiler.graph.op;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.op.GradientRule.ParameterSums;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/**
 * A layer's operator, all attributes resolved; the definitions are PyTorch's. It knows shapes, and
 * what its gradient is computed from.
 *
 * <p>The records stand in this file so that an operator and its method in the visitor are one
 * change, in one place; {@link Activation} is a family with a file of its own.
 */
public sealed interface Operator
    permits Activation,
        Operator.Conv2d,
        Operator.FullyConnected,
        Operator.Pool,
        Operator.Softmax,
        Operator.Flatten {

  /** The layer's name in the language: {@code conv}. */
  String kind();

  /** The attributes as text: {@code out=16, kernel=3x3}; empty where there are none. */
  default String attributes() {
    return "";
  }

  /**
   * {@code conv(out=16, kernel=3x3, ...)}, for people and for the hash of a model: two operators
   * compute the same if and only if their texts are equal.
   */
  default String text() {
    return attributes().isEmpty() ? kind() : kind() + "(" + attributes() + ")";
  }

  /** Whether the operator can be applied to an input of this shape. */
  default boolean accepts(TensorShape input) {
    return true;
  }

  /** Shape of the result for an input of a shape that fits. */
  TensorShape outputShape(TensorShape input);

  /**
   * Windows of each of which one element goes on and the others are lost, when no element is in two
   * of them: then the gradient of the input is zero but at one place of each.
   */
  default Optional<Window> choosesFrom() {
    return Optional.empty();
  }

  /** Windows of which the result is the means, and nothing else. */
  default Optional<Window> averages() {
    return Optional.empty();
  }

  /** The operator whose result is the means of such windows; a padded tap counts as zero. */
  static Operator averageOf(Window windows) {
    return new AveragePool(windows);
  }

  /** Whether each element of the result is a sum over all inputs. */
  default boolean sumsAllInputs() {
    return false;
  }

  /** The parameters, in the order of a PyTorch state dict. */
  default List<ParameterSpec> parameters(TensorShape input) {
    return List.of();
  }

  /**
   * Elements of all parameters; exact even where {@link #parameters} would be too large to
   * describe.
   */
  default long parameterCount(TensorShape input) {
    return 0;
  }

  /**
   * Floats that one worker needs at a time beside values and parameters; the largest piece of them.
   */
  default long workingMemory(TensorShape input) {
    return 0;
  }

  /** Multiplications with addition, for one image. */
  default long multiplyAdds(TensorShape input) {
    return 0;
  }

  /** The window that moves over the image, for an operator that has one. */
  default Optional<Window> movingWindow() {
    return Optional.empty();
  }

  /** Which tensors the gradient of the input is computed from. */
  GradientRule gradientRule();

  <R> R accept(Visitor<R> visitor);

  /** One method an operator; adding an operator breaks every visitor. */
  interface Visitor<R> {
    R visitActivation(Activation operator);

    R visitConv2d(Conv2d operator);

    R visitMaxPool(MaxPool operator);

    R visitAveragePool(AveragePool operator);

    R visitFlatten(Flatten operator);

    R visitFullyConnected(FullyConnected operator);

    R visitSoftmax(Softmax operator);
  }

  /**
   * 2-D cross-correlation; weight [out, in, rows, columns], bias [out]. A padded tap multiplies a
   * real zero.
   */
  record Conv2d(int outChannels, Window window, boolean bias) implements Operator {
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
      return window.outputShape(outChannels, input);
    }

    @Override
    public List<ParameterSpec> parameters(TensorShape input) {
      int fanIn = input.channels() * window.kernel().rows() * window.kernel().columns();
      List<Integer> weight =
          List.of(outChannels, input.channels(), window.kernel().rows(), window.kernel().columns());
      return ParameterSpec.weightAndBias(weight, bias, fanIn);
    }

    @Override
    public long parameterCount(TensorShape input) {
      long weights =
          (long) outChannels
              * input.channels()
              * window.kernel().rows()
              * window.kernel().columns();
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
    public Optional<Window> movingWindow() {
      return Optional.of(window);
    }

    @Override
    public GradientRule gradientRule() {
      return new GradientRule(false, false, true);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitConv2d(this);
    }
  }

  /** {@code y = W x + b}; weight [out, in], bias [out]. */
  record FullyConnected(int outFeatures, boolean bias) implements Operator {
    @Override
    public String kind() {
      return "fc";
    }

    @Override
    public boolean sumsAllInputs() {
      return true;
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
      return ParameterSpec.weightAndBias(List.of(outFeatures, fanIn), bias, fanIn);
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
    public GradientRule gradientRule() {
      // One row of the weight's gradient needs every image, but only a vector of each.
      return new GradientRule(false, false, true, ParameterSums.ROW_BY_ROW);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitFullyConnected(this);
    }
  }

  /** One number of each window, channel by channel. */
  sealed interface Pool extends Operator {
    Window window();

    @Override
    default String attributes() {
      return window().toString();
    }

    @Override
    default boolean accepts(TensorShape input) {
      return window().fits(input);
    }

    @Override
    default TensorShape outputShape(TensorShape input) {
      return window().outputShape(input.channels(), input);
    }

    @Override
    default Optional<Window> movingWindow() {
      return Optional.of(window());
    }
  }

  /**
   * The largest element of each window; a padded tap is absent. The first of equal maxima gets the
   * gradient.
   */
  record MaxPool(Window window) implements Pool {
    @Override
    public String kind() {
      return "maxpool";
    }

    @Override
    public GradientRule gradientRule() {
      // Where places are not stored, that of the maximum is found again by comparing.
      return new GradientRule(true, true, false);
    }

    @Override
    public Optional<Window> choosesFrom() {
      return window.isApart() ? Optional.of(window) : Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitMaxPool(this);
    }
  }

  /** The mean of each window; a padded tap counts as zero (PyTorch's count_include_pad = True). */
  record AveragePool(Window window) implements Pool {
    @Override
    public String kind() {
      return "avgpool";
    }

    @Override
    public GradientRule gradientRule() {
      return GradientRule.LINEAR;
    }

    @Override
    public Optional<Window> averages() {
      return Optional.of(window);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitAveragePool(this);
    }
  }

  /** {@code exp(x_i - max) / sum exp(x_j - max)} over a vector. */
  record Softmax() implements Operator {
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
    public GradientRule gradientRule() {
      return GradientRule.FROM_OUTPUT;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitSoftmax(this);
    }
  }

  /** [C, H, W] to [C * H * W], slice by slice (channel-major). */
  record Flatten() implements Operator {
    @Override
    public String kind() {
      return "flatten";
    }

    @Override
    public TensorShape outputShape(TensorShape input) {
      return TensorShape.vector(input.elements());
    }

    @Override
    public GradientRule gradientRule() {
      return GradientRule.LINEAR;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitFlatten(this);
    }
  }
}
