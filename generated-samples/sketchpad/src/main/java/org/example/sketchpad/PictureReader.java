package org.example.sketchpad;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Finds the ink in a picture: dark on light or light on dark, a scan or a photograph with even
 * light. The border tells what paper looks like; what differs from it more than the border itself
 * does is ink.
 */
final class PictureReader {
  /** Larger pictures are refused before any pixel is decoded. */
  private static final long MOST_PIXELS = 50_000_000;

  /** Pictures are thinned out while they are decoded, to a longest side of at most twice this. */
  private static final int ENOUGH = 512;

  private static final Set<String> FORMATS = Set.of("png", "JPEG");

  private static final double CLEARLY_DRAWN = 0.1;

  private PictureReader() {}

  /**
   * Reads a PNG or JPEG file.
   *
   * @throws BadRequestException if it is none, is broken or too large, or shows nothing
   */
  static Ink read(byte[] file) throws BadRequestException {
    BufferedImage image = decode(file);
    Ink onWhite = ink(luminance(image, 1), image.getWidth());
    // White ink on transparent paper can only be seen on black.
    Ink found = max(onWhite.amounts()) > 0 ? onWhite : ink(luminance(image, 0), image.getWidth());
    if (max(found.amounts()) == 0) {
      throw new BadRequestException("nothing is drawn: the pixels of the picture are all alike");
    }
    return found;
  }

  private static BufferedImage decode(byte[] file) throws BadRequestException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new BadRequestException("not a picture: expected a PNG or JPEG file");
      }
      ImageReader reader = readers.next();
      try {
        if (!FORMATS.contains(reader.getFormatName())) {
          throw new BadRequestException(
              "expected a PNG or JPEG file, not " + reader.getFormatName());
        }
        reader.setInput(in, true, true);
        return decode(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new BadRequestException("the picture is broken: " + e.getMessage());
    }
  }

  private static BufferedImage decode(ImageReader reader) throws IOException, BadRequestException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MOST_PIXELS) {
      throw new BadRequestException(
          413, "the picture has " + width + "x" + height + " pixels; at most 50 million are taken");
    }
    ImageReadParam thinned = reader.getDefaultReadParam();
    int step = Math.max(1, Math.max(width, height) / ENOUGH);
    thinned.setSourceSubsampling(step, step, 0, 0);
    return reader.read(0, thinned);
  }

  /** How bright each pixel is, from 0 to 1, on paper of this brightness. */
  private static float[] luminance(BufferedImage image, int paper) {
    float[] luminance = new float[image.getWidth() * image.getHeight()];
    for (int i = 0; i < luminance.length; i++) {
      int x = i % image.getWidth();
      int y = i / image.getWidth();
      int argb = image.getRGB(x, y);
      float opacity = (argb >>> 24) / 255f;
      luminance[i] = opacity * brightness(image, x, y, argb) + (1 - opacity) * paper;
    }
    return luminance;
  }

  private static float brightness(BufferedImage image, int x, int y, int argb) {
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      // Java takes grey samples for linear light and would brighten them; files mean them as sRGB.
      int most = (1 << image.getColorModel().getComponentSize(0)) - 1;
      return (float) image.getRaster().getSample(x, y, 0) / most;
    }
    int red = argb >> 16 & 0xff;
    int green = argb >> 8 & 0xff;
    int blue = argb & 0xff;
    return (0.299f * red + 0.587f * green + 0.114f * blue) / 255f;
  }

  private static Ink ink(float[] luminance, int width) {
    float[] border = border(luminance, width);
    float paper = percentile(border, 0.5);
    float[] deviations = new float[border.length];
    for (int i = 0; i < border.length; i++) {
      deviations[i] = Math.abs(border[i] - paper);
    }
    float noise = 2 * percentile(deviations, 0.9);
    float[] amounts = new float[luminance.length];
    for (int i = 0; i < amounts.length; i++) {
      float amount = Math.abs(luminance[i] - paper);
      amounts[i] = amount > noise ? amount : 0;
    }
    float most = max(amounts);
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = most < CLEARLY_DRAWN ? 0 : amounts[i] / most;
    }
    return new Ink(width, luminance.length / width, amounts);
  }

  private static float[] border(float[] luminance, int width) {
    int height = luminance.length / width;
    float[] border = new float[2 * (width + height)];
    for (int x = 0; x < width; x++) {
      border[2 * x] = luminance[x];
      border[2 * x + 1] = luminance[(height - 1) * width + x];
    }
    for (int y = 0; y < height; y++) {
      border[2 * (width + y)] = luminance[y * width];
      border[2 * (width + y) + 1] = luminance[y * width + width - 1];
    }
    return border;
  }

  private static float percentile(float[] values, double part) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (part * (sorted.length - 1))];
  }

  private static float max(float[] values) {
    float max = 0;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
