package org.example.sketchpad;

import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** A picture with rows of handwritten digits of 28x28 pixels: zeros in the first row, to nines. */
final class DigitSheet {
  private final BufferedImage sheet;

  private DigitSheet(BufferedImage sheet) {
    this.sheet = sheet;
  }

  /** The sheet that lies beside a class. */
  static DigitSheet load(Class<?> neighbour, String name) throws IOException {
    try (InputStream in = neighbour.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("no resource " + name + " beside " + neighbour);
      }
      return new DigitSheet(ImageIO.read(in));
    }
  }

  /** Digits in a row. */
  int columns() {
    return sheet.getWidth() / Glyph.SIZE;
  }

  /** The pixels of one digit as a picture. */
  BufferedImage picture(int digit, int column) {
    return sheet.getSubimage(column * Glyph.SIZE, digit * Glyph.SIZE, Glyph.SIZE, Glyph.SIZE);
  }

  /** The glyphs of one digit, from one column to another, which is excluded. */
  List<Glyph> glyphs(int digit, int from, int to) {
    List<Glyph> glyphs = new ArrayList<>();
    for (int column = from; column < to; column++) {
      int[] samples =
          picture(digit, column)
              .getRaster()
              .getSamples(0, 0, Glyph.SIZE, Glyph.SIZE, 0, (int[]) null);
      float[] pixels = new float[samples.length];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = samples[i] / 255f;
      }
      glyphs.add(new Glyph(pixels));
    }
    return glyphs;
  }
}
