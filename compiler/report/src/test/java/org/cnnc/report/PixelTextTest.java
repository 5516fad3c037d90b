package org.cnnc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PixelTextTest {
  private static final int WHITE = 0xffffff;

  private static String written(String text, int scale, int width) {
    BufferedImage picture = new BufferedImage(20 * scale, 5, BufferedImage.TYPE_INT_RGB);
    new PixelText(picture, scale).write(text, 0, 0, width, WHITE);
    StringBuilder rows = new StringBuilder();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        rows.append((picture.getRGB(x, y) & WHITE) == 0 ? ' ' : '#');
      }
      rows.append('\n');
    }
    return rows.toString().replaceAll(" +\n", "\n");
  }

  @Test
  void lettersAreLegibleAndAccentsAreLeftOut() {
    assertThat(written("\u00e41%\u4e2d", 1, 20))
        .isEqualTo(
            """
             ##   #   #  # ###
            #  # ##      #    #
            ####  #    ##   ##
            #  #  #   #
            #  # ###  #  #  #
            """);
  }

  @Test
  void whatDoesNotFitIsCut() {
    assertThat(written("AB", 1, 9)).isEqualTo(written("A", 1, 9));
  }

  /** Every letter has its rows: the last one of the table is where it belongs. */
  @Test
  void theTableIsComplete() {
    assertThat(written("+", 1, 20)).isEqualTo("\n #\n###\n #\n\n");
    assertThat(new PixelText(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), 2).width("abc"))
        .isEqualTo(30);
  }
}
