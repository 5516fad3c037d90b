package org.cnnc.training.picture;

import java.util.Locale;
import java.util.Optional;

/** The formats of pictures that are read. */
public enum PictureFormat {
  /** Lossless; 1 to 16 bits a channel. */
  PNG("png", "png"),
  /** Colour, grey, CMYK and YCCK; turned as its EXIF orientation says. */
  JPEG("jpeg", "jpe?g"),
  /** Windows bitmaps, plain or run-length encoded. */
  BMP("bmp", "bmp"),
  /** The first frame. */
  GIF("gif", "gif");

  private final String readerName;
  private final String extension;

  PictureFormat(String readerName, String extension) {
    this.readerName = readerName;
    this.extension = extension;
  }

  /** The format that a file's name ends with. */
  public static Optional<PictureFormat> ofName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    for (PictureFormat format : values()) {
      if (name.matches("(?s).*\\." + format.extension)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The format that an ImageIO reader calls so. */
  static Optional<PictureFormat> ofReader(String readerName) {
    for (PictureFormat format : values()) {
      if (format.readerName.equalsIgnoreCase(readerName)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
