package org.cnnc.report;

import java.awt.image.BufferedImage;
import java.util.List;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.training.Outcomes;
import org.cnnc.training.data.Dataset;

/**
 * Images that a network named wrongly, side by side, the worst mistake first. Below each: what it
 * is, what was said, with which probability, and its number in the data.
 */
public final class ContactSheet {
  private static final int COLUMNS = 6;
  private static final int SIDE = 120;
  private static final int GAP = 8;
  private static final int TEXT_SCALE = 2;
  private static final int LINES = 4;
  private static final int WHITE = 0xffffff;
  private static final int BLACK = 0;
  private static final int RED = 0xb91c1c;
  private static final int GREY = 0x64748b;

  private final Outcomes outcomes;
  private final Dataset data;
  private final InputInfo input;
  private final BufferedImage sheet;
  private final PixelText text;
  private final int tileHeight;
  private final int columns;

  private ContactSheet(Outcomes outcomes, Dataset data, InputInfo input, int count) {
    this.outcomes = outcomes;
    this.data = data;
    this.input = input;
    this.columns = Math.max(1, Math.min(COLUMNS, count));
    int rows = Math.max(1, (count + columns - 1) / columns);
    this.tileHeight = SIDE + LINES * PixelText.LINE * TEXT_SCALE + GAP;
    this.sheet =
        new BufferedImage(
            GAP + columns * (SIDE + GAP), GAP + rows * tileHeight, BufferedImage.TYPE_INT_RGB);
    this.text = new PixelText(sheet, TEXT_SCALE);
  }

  /**
   * Draws a sheet; without mistakes, an empty one.
   *
   * @param mistakes which to show
   * @param data the images that were judged
   * @param input what the network takes
   */
  public static BufferedImage draw(
      Outcomes outcomes, List<Outcomes.Mistake> mistakes, Dataset data, InputInfo input) {
    ContactSheet sheet = new ContactSheet(outcomes, data, input, mistakes.size());
    sheet.clear();
    for (int i = 0; i < mistakes.size(); i++) {
      sheet.draw(mistakes.get(i), i);
    }
    return sheet.sheet;
  }

  private void clear() {
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        sheet.setRGB(x, y, WHITE);
      }
    }
  }

  private void draw(Outcomes.Mistake mistake, int tile) {
    int left = GAP + tile % columns * (SIDE + GAP);
    int top = GAP + tile / columns * tileHeight;
    drawPicture(ShownImage.of(data, mistake.image(), input).picture(), left, top);
    int line = top + SIDE + 2 * TEXT_SCALE;
    text.write(outcomes.classes().get(mistake.right()), left, line, SIDE, BLACK);
    line += text.lineHeight();
    text.write("said " + outcomes.classes().get(mistake.said()), left, line, SIDE, RED);
    line += text.lineHeight();
    text.write(Quantities.percent(mistake.saidProbability()), left, line, SIDE, RED);
    line += text.lineHeight();
    text.write("image " + mistake.image(), left, line, SIDE, GREY);
  }

  /** As large as the tile allows, and not smoothed. */
  private void drawPicture(BufferedImage picture, int left, int top) {
    int longest = Math.max(picture.getWidth(), picture.getHeight());
    for (int y = 0; y < picture.getHeight() * SIDE / longest; y++) {
      for (int x = 0; x < picture.getWidth() * SIDE / longest; x++) {
        int rgb = picture.getRGB(x * longest / SIDE, y * longest / SIDE);
        sheet.setRGB(left + x, top + y, rgb);
      }
    }
  }
}
