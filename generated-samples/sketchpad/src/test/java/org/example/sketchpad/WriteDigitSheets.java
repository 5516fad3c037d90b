package org.example.sketchpad;

import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;

/**
 * Draws the two sheets of digits of this project from the test files of MNIST:
 *
 * <pre>java ... org.example.sketchpad.WriteDigitSheets FOLDER-WITH-IDX-FILES</pre>
 *
 * The network was trained on the first 8,000 of the 10,000 pictures. {@code digits.png}, which
 * ships, has of each digit the first 100 of these, to be learnt again, and behind them 20 of the
 * last 2,000. {@code test-digits.png}, for the tests, has 60 others of the last 2,000.
 */
final class WriteDigitSheets {
  private static final int TRAINED_ON = 8000;
  private static final int PIXELS = Glyph.SIZE * Glyph.SIZE;

  private final byte[] labels;
  private final byte[] images;

  private WriteDigitSheets(byte[] labels, byte[] images) {
    this.labels = labels;
    this.images = images;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    byte[] labels = read(folder.resolve("t10k-labels-idx1-ubyte.gz"), 8);
    byte[] images = read(folder.resolve("t10k-images-idx3-ubyte.gz"), 16);
    WriteDigitSheets sheets = new WriteDigitSheets(labels, images);
    BufferedImage shipped = sheet(120);
    BufferedImage test = sheet(60);
    for (int digit = 0; digit < 10; digit++) {
      int image = 0;
      for (int column = 0; column < 100; column++) {
        image = sheets.draw(digit, image, shipped, column);
      }
      image = TRAINED_ON;
      for (int i = 0; i < 80; i++) {
        boolean ships = i % 4 == 3;
        image = sheets.draw(digit, image, ships ? shipped : test, ships ? 100 + i / 4 : i - i / 4);
      }
    }
    ImageIO.write(
        shipped, "png", Path.of("src/main/resources/org/example/sketchpad/digits.png").toFile());
    ImageIO.write(
        test, "png", Path.of("src/test/resources/org/example/sketchpad/test-digits.png").toFile());
  }

  private static byte[] read(Path file, int headerBytes) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(headerBytes);
      return in.readAllBytes();
    }
  }

  private static BufferedImage sheet(int columns) {
    return new BufferedImage(columns * Glyph.SIZE, 10 * Glyph.SIZE, BufferedImage.TYPE_BYTE_GRAY);
  }

  /** Draws the next picture of a digit; returns the number of the one behind it. */
  private int draw(int digit, int first, BufferedImage sheet, int column) {
    int image = first;
    while (labels[image] != digit) {
      image++;
    }
    for (int i = 0; i < PIXELS; i++) {
      sheet
          .getRaster()
          .setSample(
              column * Glyph.SIZE + i % Glyph.SIZE,
              digit * Glyph.SIZE + i / Glyph.SIZE,
              0,
              images[image * PIXELS + i] & 0xff);
    }
    return image + 1;
  }
}
