package org.cnnc.report;

import java.awt.image.BufferedImage;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Words in pictures, in a font of its own: that of the system is another one everywhere, and a
 * server may have none at all. Capitals, digits and a few signs; accents are left out, anything
 * else is a question mark.
 */
final class PixelText {
  /** Pixels of a line and the gap below it. */
  static final int LINE = 7;

  /** Pixels of a letter and the gap behind it. */
  private static final int ADVANCE = 5;

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -.,%_>?/:()+";

  /** Five rows of four pixels, from the top, a hexadecimal digit each. */
  private static final String[] ROWS = {
    "69f99", "e9e9e", "78887", "e999e", "f8e8f", "f8e88", "78b97", "99f99", "e444e", "11196",
    "9aca9", "8888f", "9ff99", "9db99", "69996", "e9e88", "699a5", "e9ea9", "7861e", "e4444",
    "99996", "999a4", "99ff9", "99699", "99716", "f248f", "6bdd6", "4c44e", "e168f", "e161e",
    "99f11", "f8e1e", "68e96", "f1244", "69696", "69716", "00000", "00f00", "00004", "00048",
    "91689", "0000f", "84248", "e1604", "11248", "04040", "24442", "42224", "04e40"
  };

  private final BufferedImage picture;
  private final int scale;

  /**
   * Writes on a picture.
   *
   * @param scale pixels of the picture a pixel of the font
   */
  PixelText(BufferedImage picture, int scale) {
    this.picture = picture;
    this.scale = scale;
  }

  /** Pixels from one line to the next. */
  int lineHeight() {
    return LINE * scale;
  }

  /** Pixels that a text takes. */
  int width(String text) {
    return drawn(text).length() * ADVANCE * scale;
  }

  /** Writes what fits into so many pixels. */
  void write(String text, int left, int top, int width, int rgb) {
    String letters = drawn(text);
    int count = Math.min(letters.length(), width / (ADVANCE * scale));
    for (int i = 0; i < count; i++) {
      letter(letters.charAt(i), left + i * ADVANCE * scale, top, rgb);
    }
  }

  private static String drawn(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toUpperCase(Locale.ROOT);
  }

  private void letter(char letter, int left, int top, int rgb) {
    int known = LETTERS.indexOf(letter);
    String rows = ROWS[known < 0 ? LETTERS.indexOf('?') : known];
    for (int y = 0; y < rows.length() * scale; y++) {
      int bits = Character.digit(rows.charAt(y / scale), 16);
      for (int x = 0; x < 4 * scale; x++) {
        if ((bits >> (3 - x / scale) & 1) != 0) {
          picture.setRGB(left + x, top + y, 0xff000000 | rgb);
        }
      }
    }
  }
}
