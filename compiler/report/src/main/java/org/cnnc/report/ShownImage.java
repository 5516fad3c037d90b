package org.cnnc.report;

import java.awt.image.BufferedImage;
import java.util.List;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;

/** An image of a data set: as a picture for people, and as the input of the network. */
final class ShownImage implements ImageSink {
  private final InputInfo input;
  private final float[] values;
  private final int[] levels;

  private ShownImage(InputInfo input) {
    this.input = input;
    this.values = new float[input.elements()];
    this.levels = new int[input.elements()];
  }

  static ShownImage of(Dataset data, int image, InputInfo input) {
    ShownImage shown = new ShownImage(input);
    data.read(image, shown);
    return shown;
  }

  @Override
  public void pixels(byte[] pixels, int offset) {
    int area = input.height() * input.width();
    float[][] rows = new float[input.channels()][area];
    List<Integer> dims = List.of(input.channels(), input.height(), input.width());
    // Rows without gaps, whatever the program's own have.
    ValueInfo plain = new ValueInfo(input.name(), dims, 0, input.width());
    new PixelPreprocessing(input).write(pixels, offset, plain, rows, 0);
    for (int channel = 0; channel < rows.length; channel++) {
      System.arraycopy(rows[channel], 0, values, channel * area, area);
    }
    for (int i = 0; i < levels.length; i++) {
      levels[i] = pixels[offset + i] & 0xff;
    }
  }

  /** Floats have no levels of their own: the least becomes black, the greatest white. */
  @Override
  public void floats(float[] floats, int offset) {
    System.arraycopy(floats, offset, values, 0, values.length);
    Range range = Range.of(values);
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.round(255 * range.part(values[i]));
    }
  }

  /** What the network takes. */
  float[] values() {
    return values;
  }

  /** In colour for three channels; otherwise the first one in grey. */
  BufferedImage picture() {
    int area = input.height() * input.width();
    BufferedImage picture =
        new BufferedImage(input.width(), input.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < area; i++) {
      int red = levels[i];
      int green = input.channels() == 3 ? levels[area + i] : red;
      int blue = input.channels() == 3 ? levels[2 * area + i] : red;
      picture.setRGB(i % input.width(), i / input.width(), red << 16 | green << 8 | blue);
    }
    return picture;
  }

  /** Screen pixels a pixel, so that the picture is about as wide as asked for. */
  int scaleTo(int width) {
    return Math.max(1, Math.round((float) width / input.width()));
  }
}
