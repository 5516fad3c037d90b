package org.cnnc.training.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.cnnc.runtime.Picture;

/** Decodes the bytes of a picture file; its size is checked before its pixels are decoded. */
public final class PictureDecoder {
  private static final long MAX_PIXELS = 100_000_000;

  private PictureDecoder() {}

  /**
   * Decodes a picture by its content.
   *
   * @throws BrokenPictureException if it is in none of the formats, broken, cut off, or huge
   */
  public static DecodedPicture decode(byte[] bytes) throws BrokenPictureException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      while (readers.hasNext()) {
        ImageReader reader = readers.next();
        try {
          var format = PictureFormat.ofReader(reader.getFormatName());
          if (format.isPresent()) {
            reader.setInput(in, true, true);
            return new DecodedPicture(format.get(), decode(format.get(), bytes, reader));
          }
        } finally {
          reader.dispose();
        }
      }
    } catch (BrokenPictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // decoders meet broken files with either
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new BrokenPictureException("broken or unsupported picture: " + reason, e);
    }
    throw new BrokenPictureException(
        "expected a PNG, JPEG, BMP or GIF picture, the content is none of them");
  }

  private static Picture decode(PictureFormat format, byte[] bytes, ImageReader reader)
      throws IOException {
    if (format == PictureFormat.BMP) {
      BmpHeader.check(bytes); // before the reader believes it
    }
    if (format == PictureFormat.JPEG) {
      return jpeg(JpegHeader.of(bytes), bytes, reader);
    }
    checkSize(reader.getWidth(0), reader.getHeight(0), mostPixels(format, bytes, reader));
    if (format == PictureFormat.GIF) {
      GifInterlacing.check(reader);
    }
    return PicturePixels.of(reader.read(0));
  }

  private static Picture jpeg(JpegHeader header, byte[] bytes, ImageReader reader)
      throws IOException {
    checkSize(
        reader.getWidth(0), reader.getHeight(0), mostPixels(PictureFormat.JPEG, bytes, reader));
    JpegWarnings warnings = new JpegWarnings();
    reader.addIIOReadWarningListener(warnings);
    Picture stored =
        header.components() == CmykPixels.CHANNELS
            ? CmykPixels.picture(reader.readRaster(0, null), header.adobeTransform())
            : PicturePixels.of(reader.read(0));
    warnings.expectNone();
    return Orientation.of(header.orientation()).upright(stored);
  }

  private static void checkSize(long width, long height, Capacity most)
      throws BrokenPictureException {
    if (width * height > MAX_PIXELS) {
      throw new BrokenPictureException(
          "expected a picture of at most " + MAX_PIXELS + " pixels, found " + width * height);
    }
    if (width * height > most.pixels()) {
      throw new BrokenPictureException(
          "broken picture: its header says "
              + width
              + " x "
              + height
              + " pixels, "
              + most.bytes()
              + " bytes cannot hold so many");
    }
  }

  /** What a file can hold: no header makes us allocate more. */
  private record Capacity(long bytes, long pixels) {}

  private static Capacity mostPixels(PictureFormat format, byte[] bytes, ImageReader reader)
      throws IOException {
    long pixels =
        switch (format) {
          case PNG -> Compression.DEFLATE.mostBits(bytes.length) / bitsOfPixel(reader);
          case JPEG -> Compression.JPEG.mostBits(bytes.length);
          case BMP -> BmpHeader.mostPixels(bytes);
          case GIF -> Compression.LZW.mostBits(bytes.length) / Byte.SIZE;
        };
    return new Capacity(bytes.length, pixels);
  }

  private static int bitsOfPixel(ImageReader reader) throws IOException {
    return reader.getRawImageType(0).getColorModel().getPixelSize();
  }

  /** The pixels of an image that was decoded elsewhere; see {@link PicturePixels}. */
  public static Picture picture(BufferedImage image) {
    return PicturePixels.of(image);
  }
}
