package org.cnnc.training.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import org.cnnc.runtime.Picture;

/**
 * The pixels of a decoded image, eight bits a channel; the classes that the compiler makes for apps
 * take them in the same way. Grey ones are taken as they are stored: asking {@link
 * BufferedImage#getRGB} would brighten them, because it takes grey as linear light. Levels of 16
 * bits are rounded to the nearest of eight, in colour by {@code getRGB} itself.
 */
final class PicturePixels {
  private PicturePixels() {}

  static Picture of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      return new Picture(
          grey(image.getRaster(), image.getSampleModel().getSampleSize(0)), width, height);
    }
    return new Picture(image.getRGB(0, 0, width, height, null, 0, width), width, height);
  }

  private static int[] grey(Raster raster, int bits) {
    int[] argb = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
    long most = (1L << bits) - 1;
    for (int i = 0; i < argb.length; i++) {
      int level = (int) ((argb[i] * 255L + most / 2) / most);
      argb[i] = 0xff000000 | level * 0x10101;
    }
    return argb;
  }
}
