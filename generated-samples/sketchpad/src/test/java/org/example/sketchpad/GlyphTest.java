package org.example.sketchpad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** From strokes and pictures to glyphs. */
class GlyphTest {
  private static final List<List<Drawing.Point>> SEVEN =
      List.of(
          List.of(new Drawing.Point(10, 10), new Drawing.Point(60, 12), new Drawing.Point(30, 90)));

  @Test
  void digitsOfMnistStayAsTheyAre() throws Exception {
    int same = 0;
    for (TestDigits.TestDigit test : TestDigits.all()) {
      byte[] file = TestDigits.file(test.picture(), "png");
      Glyph framed = PictureReader.read(file).framed();
      same += Arrays.equals(framed.pixels(), test.glyph().pixels()) ? 1 : 0;
    }
    // Of the others some are two pixels less or more than 20 long, some lie a pixel off.
    assertThat(same).isGreaterThanOrEqualTo(530);
  }

  @Test
  void aLineIsFramedByHand() {
    float[] amounts = new float[50 * 60];
    for (int y = 7; y < 47; y++) {
      amounts[y * 50 + 3] = 1;
      amounts[y * 50 + 4] = 1;
    }
    Glyph glyph = new Ink(50, 60, amounts).framed();
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        // 2x40 becomes 1x20; its middle, column 0 and row 9.5, goes to 14.
        boolean ink = x == 14 && y >= 5 && y < 25;
        assertThat(glyph.pixels()[y * 28 + x]).as("row %d, column %d", y, x).isEqualTo(ink ? 1 : 0);
      }
    }
  }

  @Test
  void sizeAndPlaceOfADrawingDoNotMatter() {
    List<List<Drawing.Point>> elsewhere = new ArrayList<>();
    for (List<Drawing.Point> stroke : SEVEN) {
      elsewhere.add(
          stroke.stream().map(p -> new Drawing.Point(4 * p.x() - 900, 4 * p.y() + 37)).toList());
    }
    assertThat(StrokePainter.glyph(new Drawing(elsewhere)).pixels())
        .containsExactly(StrokePainter.glyph(new Drawing(SEVEN)).pixels());
  }

  @Test
  void aSinglePointIsADot() {
    Glyph glyph = StrokePainter.glyph(new Drawing(List.of(List.of(new Drawing.Point(5, 5)))));
    assertThat(glyph.pixels()[14 * 28 + 14]).isEqualTo(1);
    assertThat(glyph.pixels()[0]).isZero();
  }

  @Test
  void paperMayBeTransparent() throws Exception {
    for (Color ink : List.of(Color.WHITE, Color.BLACK)) {
      BufferedImage picture = new BufferedImage(80, 80, BufferedImage.TYPE_INT_ARGB);
      Graphics2D graphics = picture.createGraphics();
      graphics.setColor(ink);
      graphics.fillRect(38, 10, 4, 40);
      graphics.dispose();
      Glyph glyph = PictureReader.read(TestDigits.file(picture, "png")).framed();
      assertThat(glyph.pixels()[14 * 28 + 14]).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoPictureIsRefused() throws Exception {
    assertRefused("not a picture".getBytes("US-ASCII"), 400, "not a picture");
    byte[] png = TestDigits.file(TestDigits.all().get(0).picture(), "png");
    assertRefused(Arrays.copyOf(png, 60), 400, "the picture is broken");
    assertRefused(TestDigits.file(TestDigits.all().get(0).picture(), "gif"), 400, "not gif");
    BufferedImage blank = new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB);
    assertRefused(TestDigits.file(blank, "png"), 400, "nothing is drawn");
  }

  @Test
  void thePixelsAreCountedBeforeTheyAreDecoded() throws Exception {
    BufferedImage small = new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_GRAY);
    byte[] png = TestDigits.file(small, "png");
    // The header says 60,000 x 60,000 now: behind eight bytes its length and name, then the sizes.
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    CRC32 check = new CRC32();
    check.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) check.getValue());
    assertRefused(png, 413, "60000x60000 pixels");
  }

  private static void assertRefused(byte[] file, int status, String message) {
    assertThatThrownBy(() -> PictureReader.read(file))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.status()).isEqualTo(status))
        .hasMessageContaining(message);
  }
}
