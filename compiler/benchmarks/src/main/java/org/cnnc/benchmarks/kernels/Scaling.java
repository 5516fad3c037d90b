package org.cnnc.benchmarks.kernels;

import java.util.List;

/** How a size grows while all others stay: a table has a row for each. */
enum Scaling {
  /** Images in a batch, of a convolution of 16 to 32 channels. */
  BATCH,
  /** Channels, in and out, of a convolution over 8 x 8 pixels. */
  CHANNELS,
  /** The sides of images, in a convolution of 16 to 16 channels. */
  PIXELS,
  /** Layers of convolution and ReLU. */
  DEPTH;

  private static final int USUAL_BATCH = 16;

  List<Integer> sizes() {
    return switch (this) {
      case BATCH -> List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512);
      case CHANNELS -> List.of(8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256);
      case PIXELS -> List.of(16, 24, 32, 48, 64, 96, 128, 192, 256);
      case DEPTH -> List.of(4, 8, 16, 32, 64, 100, 200);
    };
  }

  String text(int size) {
    return switch (this) {
      case BATCH -> NetworkTexts.conv(16, 32, 3, 16, 16);
      case CHANNELS -> NetworkTexts.conv(size, size, 3, 8, 8);
      case PIXELS -> NetworkTexts.conv(16, 16, 3, size, size);
      case DEPTH -> NetworkTexts.chain(size);
    };
  }

  /** Images of a training step. */
  int batch(int size) {
    return this == BATCH ? size : USUAL_BATCH;
  }
}
