package org.cnnc.training.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.cnnc.runtime.Picture;

/** Reads PNG and JPEG files; needs java.desktop, as a {@link Picture} itself does not. */
public final class PictureFiles {
  private static final long MAX_BYTES = 1L << 28;
  private static final long MAX_PIXELS = 100_000_000;

  /**
   * Pixels that a byte of a JPEG can stand for: each block of 64 has a bit of its own at least (its
   * first coefficient).
   */
  private static final long PIXELS_OF_JPEG_BYTE = 8 * 64;

  private PictureFiles() {}

  /** Whether the name ends as a PNG's or a JPEG's does. */
  public static boolean hasPictureName(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  /**
   * Reads a PNG or JPEG file. Its size is checked before its pixels are decoded.
   *
   * @throws DataException if it is not such a picture, or a broken or huge one
   */
  public static Picture read(Path file) throws IOException {
    if (!hasPictureName(file)) {
      throw new DataException(file, "expected a picture: .png, .jpg or .jpeg");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new DataException(file, "expected a picture, this is no regular file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new DataException(file, "expected a picture of at most " + MAX_BYTES + " bytes");
    }
    byte[] bytes = Files.readAllBytes(file);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DataException(file, "expected a PNG or JPEG picture, the content is neither");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return decode(file, bytes.length, reader);
      } finally {
        reader.dispose();
      }
    }
  }

  private static Picture decode(Path file, long bytes, ImageReader reader) throws DataException {
    try {
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MAX_PIXELS) {
        throw new DataException(
            file, "expected a picture of at most " + MAX_PIXELS + " pixels, found " + pixels);
      }
      if (pixels > mostPixels(bytes, reader)) {
        throw new DataException(
            file,
            "broken picture: its header says "
                + reader.getWidth(0)
                + " x "
                + reader.getHeight(0)
                + " pixels, "
                + bytes
                + " bytes cannot hold so many");
      }
      return of(reader.read(0));
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // decoders meet broken files with either
      throw new DataException(file, "broken or unsupported picture: " + e.getMessage(), e);
    }
  }

  /** What a file can hold: no header makes us allocate more. */
  private static long mostPixels(long bytes, ImageReader reader) throws IOException {
    if (reader.getFormatName().equalsIgnoreCase("png")) {
      int bits = reader.getRawImageType(0).getColorModel().getPixelSize();
      return bytes * Deflate.MOST_INFLATION * Byte.SIZE / bits;
    }
    return bytes * PIXELS_OF_JPEG_BYTE;
  }

  /**
   * The pixels of a decoded image. Grey ones are taken as they are stored: asking {@link
   * BufferedImage#getRGB} would brighten them, because it takes grey as linear light.
   */
  public static Picture of(BufferedImage image) {
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
