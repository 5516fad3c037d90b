package org.cnnc.training.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cnnc.runtime.Picture;
import org.cnnc.training.picture.BrokenPictureException;
import org.cnnc.training.picture.DecodedPicture;
import org.cnnc.training.picture.PictureDecoder;
import org.cnnc.training.picture.PictureFormat;

/**
 * Reads PNG, JPEG, BMP and GIF files; needs java.desktop, as a {@link Picture} itself does not.
 * JPEGs are turned as EXIF says, also those of CMYK are read, and of GIFs the first frame.
 */
public final class PictureFiles {
  private static final long MAX_BYTES = 1L << 28;

  private PictureFiles() {}

  /** Whether the name ends as that of a picture does: .png, .jpg, .jpeg, .bmp, .gif. */
  public static boolean hasPictureName(Path file) {
    return PictureFormat.ofName(file.toString()).isPresent();
  }

  /**
   * Reads a picture file. Its size is checked before its pixels are decoded.
   *
   * @throws DataException if it is not such a picture, or a broken or huge one
   */
  public static Picture read(Path file) throws IOException {
    return decode(file).picture();
  }

  private static DecodedPicture decode(Path file) throws IOException {
    if (!hasPictureName(file)) {
      throw new DataException(file, "expected a picture: .png, .jpg, .jpeg, .bmp or .gif");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new DataException(file, "expected a picture, this is no regular file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new DataException(file, "expected a picture of at most " + MAX_BYTES + " bytes");
    }
    try {
      return PictureDecoder.decode(Files.readAllBytes(file));
    } catch (BrokenPictureException e) {
      throw new DataException(file, e.getMessage(), e);
    }
  }

  /**
   * The pixels of a decoded image. Grey ones are taken as they are stored: asking {@link
   * BufferedImage#getRGB} would brighten them, because it takes grey as linear light.
   */
  public static Picture of(BufferedImage image) {
    return PictureDecoder.picture(image);
  }
}
