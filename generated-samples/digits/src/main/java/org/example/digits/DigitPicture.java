package org.example.digits;

import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;

/** The grey pixels of a digit. */
final class DigitPicture implements ImageSink {
  /** Pixels a row, and rows. */
  static final int SIDE = 28;

  /** From no ink to full ink. */
  private static final String INK = " .:*#";

  private final int[] grey = new int[SIDE * SIDE];

  private DigitPicture() {}

  static DigitPicture of(Dataset digits, int number) {
    DigitPicture picture = new DigitPicture();
    digits.read(number, picture);
    return picture;
  }

  @Override
  public void pixels(byte[] pixels, int offset) {
    for (int i = 0; i < grey.length; i++) {
      grey[i] = pixels[offset + i] & 0xff;
    }
  }

  @Override
  public void floats(float[] values, int offset) {
    throw new IllegalArgumentException("IDX files hold pixels");
  }

  /** Its pixels as an app's pictures have them. */
  int[] argb() {
    int[] argb = new int[grey.length];
    for (int i = 0; i < grey.length; i++) {
      argb[i] = 0xff000000 | grey[i] * 0x10101;
    }
    return argb;
  }

  /** As text; a character stands for two pixels, one below the other. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < SIDE; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < SIDE; x++) {
        int ink = (grey[y * SIDE + x] + grey[(y + 1) * SIDE + x]) / 2;
        line.append(INK.charAt(ink * INK.length() / 256));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
