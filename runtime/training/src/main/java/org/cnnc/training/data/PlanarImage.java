package org.cnnc.training.data;

import java.nio.file.Path;
import org.cnnc.runtime.Picture;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.ProgramInfo.InputInfo;

/**
 * One of the images that lie in a file one after the other, channel by channel: grey, or red, green
 * and blue.
 *
 * @param planes one byte a pixel and channel; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record PlanarImage(Path file, int number, String format, byte[] planes, int width, int height)
    implements StoredImage {
  @Override
  public String place() {
    return file + ", image " + number;
  }

  @Override
  public Picture picture() {
    int area = width * height;
    int[] argb = new int[area];
    for (int i = 0; i < area; i++) {
      int red = planes[i] & 0xff;
      argb[i] =
          channels() == 1
              ? red * 0x10101
              : red << 16 | (planes[area + i] & 0xff) << 8 | (planes[2 * area + i] & 0xff);
    }
    return new Picture(argb, width, height);
  }

  private int channels() {
    return planes.length / (width * height);
  }

  /** They often have the form of the input already. */
  @Override
  public byte[] fitted(InputInfo input, PixelPreprocessing preprocessing) {
    boolean fits =
        input.channels() == channels() && input.width() == width && input.height() == height;
    return fits ? planes : StoredImage.super.fitted(input, preprocessing);
  }
}
