package org.cnnc.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.cnnc.compiler.drawing.MarkupWriter;

/** Pictures inside a page: PNG, as data of the address. */
final class Pictures {
  /** What a page has room for. */
  private static final int WIDEST = 1000;

  private Pictures() {}

  /**
   * Screen pixels a pixel of tiles, so that one is about as wide as asked for, and all of them have
   * room on a page.
   *
   * @param width pixels of a tile
   * @param wanted screen pixels of it
   */
  static int scale(BufferedImage tiles, int width, int wanted) {
    return Math.max(1, Math.min(wanted / width, WIDEST / tiles.getWidth()));
  }

  /** The address of a picture that is the picture itself. */
  static String address(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes all bytes
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }

  /**
   * Writes an enlarged picture whose pixels stay squares.
   *
   * @param scale screen pixels a pixel; narrow screens shrink it to fit
   * @param description for those who do not see it
   */
  static void write(MarkupWriter out, BufferedImage image, int scale, String description) {
    out.empty(
        "img",
        "src",
        address(image),
        "width",
        image.getWidth() * scale,
        "height",
        image.getHeight() * scale,
        "alt",
        description);
  }
}
