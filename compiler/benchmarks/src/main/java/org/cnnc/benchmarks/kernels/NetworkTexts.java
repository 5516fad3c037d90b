package org.cnnc.benchmarks.kernels;

import java.util.Locale;

/** Texts of networks of few layers. */
final class NetworkTexts {
  private NetworkTexts() {}

  /**
   * The least that a loss needs behind large values. A fully connected layer of two outputs alone
   * took longer than the convolution before it.
   */
  private static final String END = "conv(2, kernel = 1, stride = 8) -> flatten -> fc(2)";

  /** A convolution that keeps the image's size. */
  static String conv(int inChannels, int outChannels, int kernel, int height, int width) {
    return text(
        inChannels,
        height,
        width,
        "conv(%d, kernel = %d, padding = same) -> %s".formatted(outChannels, kernel, END));
  }

  /** A fully connected layer whose outputs are the scores. */
  static String fc(int inputs, int outputs) {
    return text(inputs, 1, 1, "flatten -> fc(" + outputs + ")");
  }

  /** Convolutions of eight channels over 16 x 16 pixels, each with a ReLU. */
  static String chain(int layers) {
    return text(8, 16, 16, "conv(8, kernel = 3, padding = same) -> relu -> ".repeat(layers) + END);
  }

  private static String text(int channels, int height, int width, String layers) {
    return String.format(
        Locale.ROOT,
        """
        network Kernel {
            input image[%d, %d, %d];
            output label = image -> %s -> softmax;
            loss cross_entropy(label);
            train { optimizer = sgd(rate = 0.0001, momentum = 0.9); }
        }
        """,
        channels,
        height,
        width,
        layers);
  }
}
