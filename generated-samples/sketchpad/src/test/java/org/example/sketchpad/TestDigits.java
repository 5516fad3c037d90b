package org.example.sketchpad;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** 600 handwritten digits of MNIST, 60 of each, that the network never saw. */
final class TestDigits {
  private static final DigitSheet SHEET = load();

  private TestDigits() {}

  /** A digit, as the picture of the data set and as the network takes it. */
  record TestDigit(int digit, BufferedImage picture, Glyph glyph) {}

  private static DigitSheet load() {
    try {
      return DigitSheet.load(TestDigits.class, "test-digits.png");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<TestDigit> all() {
    List<TestDigit> all = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      List<Glyph> glyphs = SHEET.glyphs(digit, 0, SHEET.columns());
      for (int column = 0; column < glyphs.size(); column++) {
        all.add(new TestDigit(digit, SHEET.picture(digit, column), glyphs.get(column)));
      }
    }
    return all;
  }

  /** How many of them a recogniser reads rightly. */
  static long right(Recogniser recogniser) {
    return all().stream().filter(test -> recogniser.read(test.glyph()) == test.digit()).count();
  }

  /** As a file. */
  static byte[] file(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(picture, format, file);
    return file.toByteArray();
  }

  /** Dark on light, ten times as large, off the middle of a larger sheet. */
  static BufferedImage onPaper(BufferedImage digit) {
    BufferedImage negative = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        int paper = 255 - digit.getRaster().getSample(x, y, 0);
        negative.setRGB(x, y, new Color(paper, paper, paper).getRGB());
      }
    }
    BufferedImage sheet = new BufferedImage(300, 400, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 300, 400);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(negative, 10, 90, 280, 280, null);
    graphics.dispose();
    return sheet;
  }
}
