package org.cnnc.runtime;

import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;

/**
 * Makes decoded pictures into the input of a network, with the same bits everywhere.
 *
 * <p>A picture becomes the input's channels: red, green and blue, or for one channel the grey value
 * {@code (299 R + 587 G + 114 B + 500) / 1000} of whole numbers; alpha is ignored. Each channel is
 * resized by {@link ResizeAxis}, width and height in one sum of whole numbers that is rounded once,
 * half up: {@code (2 * sum + weights) / (2 * weights)}. Aspect ratio is not kept.
 *
 * <p>A pixel x from 0 to 255 becomes {@code (x * scale - mean) / std} of its channel: three float
 * operations in this order, each rounded.
 *
 * <p>Immutable.
 */
public final class PixelPreprocessing {
  private static final int PIXEL_VALUES = 256;

  private final InputInfo input;
  private final float[][] valueOfPixel;

  /** Preprocessing for this input. */
  public PixelPreprocessing(InputInfo input) {
    this.input = input;
    this.valueOfPixel = new float[input.channels()][PIXEL_VALUES];
    for (int channel = 0; channel < input.channels(); channel++) {
      float mean = input.mean().get(channel);
      float std = input.std().get(channel);
      for (int pixel = 0; pixel < PIXEL_VALUES; pixel++) {
        valueOfPixel[channel][pixel] = (pixel * input.scale() - mean) / std;
      }
    }
  }

  /**
   * Resizes a picture to the input; allocates nothing.
   *
   * @param argb its pixels, row by row, eight bits each of alpha, red, green, blue
   * @param pixels takes the input's channels * height * width pixels, channel-major, from {@code
   *     offset} on
   * @throws IllegalArgumentException if {@code argb} is not width * height long, or the input has
   *     neither one nor three channels
   */
  public void resize(int[] argb, int width, int height, byte[] pixels, int offset) {
    Picture.check(argb, width, height);
    if (input.channels() != 1 && input.channels() != 3) {
      throw new IllegalArgumentException(
          "pictures need an input of 1 or 3 channels, not " + input.channels());
    }
    int area = input.height() * input.width();
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        for (int channel = 0; channel < input.channels(); channel++) {
          int pixel = resizedPixel(argb, width, height, y, x, channel);
          pixels[offset + channel * area + y * input.width() + x] = (byte) pixel;
        }
      }
    }
  }

  private int resizedPixel(int[] argb, int width, int height, int y, int x, int channel) {
    int left = ResizeAxis.first(width, input.width(), x);
    int right = ResizeAxis.last(width, input.width(), x);
    int bottom = ResizeAxis.last(height, input.height(), y);
    long sum = 0;
    for (int row = ResizeAxis.first(height, input.height(), y); row <= bottom; row++) {
      long rowSum = 0;
      for (int column = left; column <= right; column++) {
        int pixel = channelOf(argb[row * width + column], channel);
        rowSum += ResizeAxis.weight(width, input.width(), x, column) * pixel;
      }
      sum += ResizeAxis.weight(height, input.height(), y, row) * rowSum;
    }
    long weights =
        ResizeAxis.totalWeight(height, input.height())
            * ResizeAxis.totalWeight(width, input.width());
    return (int) ((2 * sum + weights) / (2 * weights));
  }

  private int channelOf(int argb, int channel) {
    if (input.channels() == 3) {
      return (argb >> (16 - 8 * channel)) & 0xff;
    }
    int red = (argb >> 16) & 0xff;
    int green = (argb >> 8) & 0xff;
    int blue = argb & 0xff;
    return (299 * red + 587 * green + 114 * blue + 500) / 1000;
  }

  /**
   * Writes an image's pixels into the storage of the network's input.
   *
   * @param pixels channel-major, from {@code offset} on, 0 to 255
   * @param images where the input is; see {@link ProgramInfo#images()}
   * @param rows the rows of its buffer
   * @param image number of the image in the buffer
   */
  public void write(byte[] pixels, int offset, ValueInfo images, float[][] rows, int image) {
    int place = offset;
    for (int channel = 0; channel < input.channels(); channel++) {
      float[] row = rows[image * input.channels() + channel];
      float[] values = valueOfPixel[channel];
      for (int y = 0; y < input.height(); y++) {
        for (int x = 0; x < input.width(); x++) {
          row[y * images.pitch() + x] = values[pixels[place++] & 0xff];
        }
      }
    }
  }
}
