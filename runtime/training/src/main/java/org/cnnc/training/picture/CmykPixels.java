package org.cnnc.training.picture;

import java.awt.image.Raster;
import java.util.OptionalInt;
import org.cnnc.runtime.Picture;

/**
 * Red, green and blue of a JPEG with four channels, as programs without colour profiles compute
 * them: {@code (255 - ink) * (255 - black) / 255}, rounded. Files with Adobe's marker have all four
 * inverted, and, by its transform, cyan, magenta and yellow as the YCbCr of their complements
 * (YCCK).
 */
final class CmykPixels {
  static final int CHANNELS = 4;

  private CmykPixels() {}

  /**
   * Converts stored values.
   *
   * @param adobeTransform of the marker, where the file has it: 0 for CMYK, others for YCCK
   */
  static Picture picture(Raster raster, OptionalInt adobeTransform) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int[] argb = new int[width * height];
    int[] row = new int[width * CHANNELS];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        argb[y * width + x] = rgb(row, x * CHANNELS, adobeTransform);
      }
    }
    return new Picture(argb, width, height);
  }

  private static int rgb(int[] row, int at, OptionalInt adobeTransform) {
    int cyan = row[at];
    int magenta = row[at + 1];
    int yellow = row[at + 2];
    int black = row[at + 3];
    if (adobeTransform.orElse(0) != 0) {
      int cb = magenta - 128;
      int cr = yellow - 128;
      double luma = cyan;
      cyan = 255 - level(luma + 1.402 * cr);
      magenta = 255 - level(luma - 0.344136286 * cb - 0.714136286 * cr);
      yellow = 255 - level(luma + 1.772 * cb);
    }
    // What is left of the light: stored as it is by Adobe, else the complement of the ink.
    int flip = adobeTransform.isPresent() ? 0 : 255;
    int light = black ^ flip;
    return 0xff000000
        | product(cyan ^ flip, light) << 16
        | product(magenta ^ flip, light) << 8
        | product(yellow ^ flip, light);
  }

  private static int level(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  private static int product(int a, int b) {
    return (a * b + 127) / 255;
  }
}
