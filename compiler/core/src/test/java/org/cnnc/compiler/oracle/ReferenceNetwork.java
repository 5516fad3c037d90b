package org.cnnc.compiler.oracle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
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
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/** A network computed in the plainest way, in double precision: the definitions, nothing else. */
final class ReferenceNetwork {
  private final NetworkGraph network;
  private final DoubleStep parameters;

  ReferenceNetwork(NetworkGraph network, DoubleStep parameters) {
    this.network = network;
    this.parameters = parameters;
  }

  /** The mean cross-entropy of all images. */
  double loss() {
    double sum = 0;
    for (int image = 0; image < parameters.images(); image++) {
      Map<Integer, double[]> values = new HashMap<>();
      values.put(network.input().value().id(), parameters.image(image));
      for (Node node : network.nodes()) {
        double[] input = values.get(node.input().id());
        values.put(node.output().id(), new Definition(node, input).of(node.operator()));
      }
      double[] probabilities = values.get(network.loss().orElseThrow().output().value().id());
      sum -= Math.log(probabilities[parameters.target(image)]);
    }
    return sum / parameters.images();
  }

  /** What a window makes of the taps it sees; those in the padding are not there. */
  private interface WindowFunction {
    double of(int outChannel, int y, int x);
  }

  /** The definition of an operator, applied to one image. */
  private final class Definition {
    private final Node node;
    private final double[] input;
    private final TensorShape shape;

    Definition(Node node, double[] input) {
      this.node = node;
      this.input = input;
      this.shape = node.input().shape();
    }

    /** Of the operators that random networks are made of; the others have PyTorch's recordings. */
    double[] of(Operator operator) {
      if (operator instanceof Conv2d conv) {
        return convolution(conv);
      } else if (operator instanceof MaxPool pool) {
        return maxima(pool);
      } else if (operator instanceof AveragePool pool) {
        return averages(pool);
      } else if (operator instanceof FullyConnected layer) {
        return fullyConnected(layer);
      } else if (operator instanceof Softmax) {
        double sum = Arrays.stream(input).map(Math::exp).sum();
        return each(x -> Math.exp(x) / sum);
      } else if (operator instanceof Flatten) {
        return input;
      } else if (operator instanceof Activation activation) {
        return each(function(activation));
      }
      throw new IllegalArgumentException("no plain definition of " + operator.text());
    }

    /** A pixel; absent when it is in the padding. */
    private double pixel(int channel, int y, int x, double absent) {
      boolean inside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
      return inside ? input[(channel * shape.height() + y) * shape.width() + x] : absent;
    }

    private double[] each(DoubleUnaryOperator function) {
      return Arrays.stream(input).map(function).toArray();
    }

    /** Applies a function at the corner of every window. */
    private double[] slide(Window window, WindowFunction function) {
      TensorShape output = node.output().shape();
      double[] result = new double[output.elements()];
      int i = 0;
      for (int channel = 0; channel < output.channels(); channel++) {
        for (int y = 0; y < output.height(); y++) {
          for (int x = 0; x < output.width(); x++) {
            int top = y * window.stride().rows() - window.padding().top();
            int left = x * window.stride().columns() - window.padding().left();
            result[i++] = function.of(channel, top, left);
          }
        }
      }
      return result;
    }

    private double[] convolution(Conv2d conv) {
      Window window = conv.window();
      return slide(
          window,
          (out, top, left) -> {
            double sum = conv.bias() ? parameters.parameter(node.name() + ".bias", out) : 0;
            for (int in = 0; in < shape.channels(); in++) {
              for (int row = 0; row < window.kernel().rows(); row++) {
                for (int column = 0; column < window.kernel().columns(); column++) {
                  sum +=
                      pixel(in, top + row, left + column, 0)
                          * parameters.parameter(node.name() + ".weight", out, in, row, column);
                }
              }
            }
            return sum;
          });
    }

    private double[] maxima(MaxPool pool) {
      return slide(
          pool.window(),
          (channel, top, left) -> {
            double best = Double.NEGATIVE_INFINITY;
            for (int row = 0; row < pool.window().kernel().rows(); row++) {
              for (int column = 0; column < pool.window().kernel().columns(); column++) {
                double value = pixel(channel, top + row, left + column, Double.NEGATIVE_INFINITY);
                best = Math.max(best, value);
              }
            }
            return best;
          });
    }

    private double[] averages(AveragePool pool) {
      int rows = pool.window().kernel().rows();
      int columns = pool.window().kernel().columns();
      return slide(
          pool.window(),
          (channel, top, left) -> {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
              for (int column = 0; column < columns; column++) {
                sum += pixel(channel, top + row, left + column, 0);
              }
            }
            return sum / (rows * columns);
          });
    }

    private double[] fullyConnected(FullyConnected layer) {
      double[] result = new double[layer.outFeatures()];
      for (int out = 0; out < result.length; out++) {
        double sum = layer.bias() ? parameters.parameter(node.name() + ".bias", out) : 0;
        for (int in = 0; in < input.length; in++) {
          sum += input[in] * parameters.parameter(node.name() + ".weight", out, in);
        }
        result[out] = sum;
      }
      return result;
    }
  }

  private static DoubleUnaryOperator function(Activation activation) {
    if (activation instanceof Relu) {
      return x -> Math.max(x, 0);
    } else if (activation instanceof Sigmoid) {
      return x -> 1 / (1 + Math.exp(-x));
    } else if (activation instanceof Tanh) {
      return Math::tanh;
    } else if (activation instanceof LeakyRelu leaky) {
      return x -> x > 0 ? x : leaky.slope() * x;
    } else if (activation instanceof Mish) {
      return x -> x * Math.tanh(Math.log1p(Math.exp(x)));
    }
    throw new IllegalArgumentException("no plain definition of " + activation.text());
  }
}
