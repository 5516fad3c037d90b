package org.cnnc.benchmarks.kernels;

/** The operations that the benchmark networks spend their time in, and some of odd sizes. */
public enum Kernel {
  LENET28_CONV1(NetworkTexts.conv(1, 8, 5, 28, 28)),
  LENET28_CONV2(NetworkTexts.conv(8, 16, 5, 14, 14)),
  LENET28_FC1(NetworkTexts.fc(784, 64)),
  LECTURE32_CONV1(NetworkTexts.conv(3, 16, 3, 32, 32)),
  LECTURE32_CONV2(NetworkTexts.conv(16, 32, 3, 16, 16)),
  LECTURE32_FC1(NetworkTexts.fc(2048, 64)),
  ODD_CHANNELS(NetworkTexts.conv(5, 7, 3, 16, 16)),
  ODD_PIXELS(NetworkTexts.conv(16, 16, 3, 9, 13)),
  ONE_BY_ONE(NetworkTexts.conv(32, 64, 1, 16, 16)),
  SMALL_AND_DEEP(NetworkTexts.conv(128, 128, 3, 8, 8));

  private final String text;

  Kernel(String text) {
    this.text = text;
  }

  /** A network of this layer alone. */
  String text() {
    return text;
  }
}
