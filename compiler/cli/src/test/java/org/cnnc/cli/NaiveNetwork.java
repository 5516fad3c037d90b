package org.cnnc.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/**
 * The network of {@link ReportContentTest}, written from the definitions of its layers in double
 * precision: it shares nothing with what cnnc makes of its text.
 *
 * @param weights what was learnt
 */
record NaiveNetwork(Safetensors weights) {
  static final String TEXT =
      """
      network Marks {
          input image[1, 8, 8] { scale = 1/255; }
          scores = image -> conv(2, kernel = 3, padding = same) -> relu -> maxpool(2)
              -> conv(3, kernel = 2) -> flatten -> fc(3);
          output mark = scores -> softmax labels ("ash", "birch", "cedar");
          loss cross_entropy(mark);
          train { optimizer = sgd(rate = 0.05); batch = 4; epochs = 3; seed = 3; }
      }
      """;

  static final int SIDE = 8;

  /** What each layer gives for an image of 8 x 8 levels, in the order of the text. */
  Map<String, double[]> values(byte[] levels) {
    double[] image = new double[levels.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (levels[i] & 0xff) / 255.0;
    }
    Map<String, double[]> values = new LinkedHashMap<>();
    double[] conv1 = convolution("conv1", image, SIDE, 1);
    double[] relu1 = conv1.clone();
    for (int i = 0; i < relu1.length; i++) {
      relu1[i] = Math.max(0, relu1[i]);
    }
    double[] pooled = pool(relu1);
    double[] conv2 = convolution("conv2", pooled, SIDE / 2, 0);
    double[] scores = fullyConnected("fc1", conv2);
    values.put("conv1", conv1);
    values.put("relu1", relu1);
    values.put("maxpool1", pooled);
    values.put("conv2", conv2);
    values.put("flatten1", conv2);
    values.put("fc1", scores);
    values.put("softmax1", softmax(scores));
    return values;
  }

  private double[] convolution(String layer, double[] input, int side, int padding) {
    Tensor weight = weights.tensors().get(layer + ".weight");
    float[] bias = weights.tensors().get(layer + ".bias").values();
    int channels = weight.dims().get(1);
    int kernel = weight.dims().get(2);
    int outSide = side + 2 * padding - kernel + 1;
    double[] output = new double[bias.length * outSide * outSide];
    for (int i = 0; i < output.length; i++) {
      int filter = i / (outSide * outSide);
      output[i] = bias[filter];
      for (int k = 0; k < channels * kernel * kernel; k++) {
        int row = i / outSide % outSide + k / kernel % kernel - padding;
        int column = i % outSide + k % kernel - padding;
        if (row >= 0 && row < side && column >= 0 && column < side) {
          int channel = k / (kernel * kernel);
          output[i] +=
              weight.values()[filter * channels * kernel * kernel + k]
                  * input[(channel * side + row) * side + column];
        }
      }
    }
    return output;
  }

  private static double[] pool(double[] input) {
    int outSide = SIDE / 2;
    double[] output = new double[input.length / 4];
    for (int i = 0; i < output.length; i++) {
      int map = i / (outSide * outSide);
      int first = (map * SIDE + 2 * (i / outSide % outSide)) * SIDE + 2 * (i % outSide);
      output[i] =
          Math.max(
              Math.max(input[first], input[first + 1]),
              Math.max(input[first + SIDE], input[first + SIDE + 1]));
    }
    return output;
  }

  private double[] fullyConnected(String layer, double[] input) {
    float[] weight = weights.tensors().get(layer + ".weight").values();
    float[] bias = weights.tensors().get(layer + ".bias").values();
    double[] output = new double[bias.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = bias[i];
      for (int k = 0; k < input.length; k++) {
        output[i] += weight[i * input.length + k] * input[k];
      }
    }
    return output;
  }

  private static double[] softmax(double[] scores) {
    double[] output = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      output[i] = Math.exp(scores[i]);
      sum += output[i];
    }
    for (int i = 0; i < output.length; i++) {
      output[i] /= sum;
    }
    return output;
  }
}
