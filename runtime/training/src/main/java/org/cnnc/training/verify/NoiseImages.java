package org.cnnc.training.verify;

import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.RandomSource;

/**
 * Noise in the range of preprocessed pixels, the same on every machine. Each image has a darkest
 * and a brightest value of its own: noise of one range looks like grey to a network that averages
 * it.
 *
 * <p>Values are not those of pixels alone, of which there are 256: equal ones side by side would
 * make maxima equal, and there the loss has no derivative.
 */
final class NoiseImages {
  private static final float BRIGHTEST = 255;

  private final InputInfo input;
  private final RandomSource random;

  NoiseImages(InputInfo input, RandomSource random) {
    this.input = input;
    this.random = random;
  }

  /** The next images, one after the other, channel-major. */
  float[] next(int count) {
    float[] values = new float[Math.multiplyExact(count, input.elements())];
    for (int image = 0; image < count; image++) {
      write(values, image * input.elements());
    }
    return values;
  }

  private void write(float[] values, int offset) {
    int area = input.height() * input.width();
    float one = random.uniform(0, BRIGHTEST);
    float other = random.uniform(0, BRIGHTEST);
    for (int i = 0; i < input.elements(); i++) {
      int channel = i / area;
      float pixel = random.uniform(Math.min(one, other), Math.max(one, other));
      values[offset + i] =
          (pixel * input.scale() - input.mean().get(channel)) / input.std().get(channel);
    }
  }
}
