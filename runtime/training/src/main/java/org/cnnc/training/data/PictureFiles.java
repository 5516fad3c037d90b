package org.cnnc.training.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
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
  private static final int MAX_BYTES = 1 << 28;

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
    return decode(new DiskFile(file)).picture();
  }

  private static DecodedPicture decode(DataFile file) throws IOException {
    if (!hasPictureName(file.path())) {
      throw new DataException(file.path(), "expected a picture: .png, .jpg, .jpeg, .bmp or .gif");
    }
    try {
      return PictureDecoder.decode(file.bytes(MAX_BYTES, "a picture"));
    } catch (BrokenPictureException e) {
      throw new DataException(file.path(), e.getMessage(), e);
    }
  }

  /** Hands over a picture of this class, or what is wrong with it. */
  static void visit(DataFile file, int label, DataVisitor visitor) throws IOException {
    PictureImage image;
    try {
      image = new PictureImage(file.path(), decode(file));
    } catch (DataException e) {
      visitor.broken(e);
      return;
    }
    visitor.image(image, label);
  }

  /**
   * The pixels of a decoded image. Grey ones are taken as they are stored: asking {@link
   * BufferedImage#getRGB} would brighten them, because it takes grey as linear light.
   */
  public static Picture of(BufferedImage image) {
    return PictureDecoder.picture(image);
  }
}
