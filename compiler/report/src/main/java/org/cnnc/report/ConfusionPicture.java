package org.cnnc.report;

import java.awt.image.BufferedImage;
import java.util.List;
import org.cnnc.training.Evaluation;

/**
 * A confusion matrix as a picture: a row for each class, a cell for each class that was said, the
 * brighter the greater its part of the row. Where there is room, cells have their numbers and rows
 * and columns their names.
 */
public final class ConfusionPicture {
  /** With more classes a cell is a small square without a number. */
  private static final int MOST_NUMBERED = 30;

  private static final int NUMBERED = 48;
  private static final int PLAIN = 6;
  private static final int TEXT_SCALE = 2;
  private static final int GAP = 6;
  private static final int WHITE = 0xffffff;
  private static final int BLACK = 0;

  /** A part from which on the cell is bright, and black is legible there. */
  private static final double BRIGHT = 0.6;

  private final Evaluation evaluation;
  private final boolean numbered;
  private final int cell;
  private final int margin;
  private final BufferedImage picture;
  private final PixelText text;

  private ConfusionPicture(Evaluation evaluation) {
    this.evaluation = evaluation;
    int classes = evaluation.classes().size();
    this.numbered = classes <= MOST_NUMBERED;
    this.cell = numbered ? NUMBERED : PLAIN;
    this.margin = numbered ? 2 * NUMBERED : 0;
    int side = margin + classes * (cell + 1);
    int lastName = numbered ? NUMBERED : 0; // has the room of two columns, as all have
    this.picture = new BufferedImage(side + lastName, side, BufferedImage.TYPE_INT_RGB);
    this.text = new PixelText(picture, TEXT_SCALE);
  }

  /** Draws the matrix. */
  public static BufferedImage draw(Evaluation evaluation) {
    ConfusionPicture matrix = new ConfusionPicture(evaluation);
    matrix.draw();
    return matrix.picture;
  }

  private void draw() {
    fill(0, 0, picture.getWidth(), picture.getHeight(), WHITE);
    List<String> classes = evaluation.classes();
    for (int right = 0; right < classes.size(); right++) {
      if (numbered) {
        int middle = place(right) + (cell - text.lineHeight()) / 2;
        text.write(classes.get(right), GAP, middle, margin - GAP, BLACK);
        // Every other name is a line higher, so that each has the room of two columns.
        int line = margin - (right % 2 + 1) * (text.lineHeight() + GAP);
        text.write(classes.get(right), place(right), line, 2 * cell, BLACK);
      }
      for (int said = 0; said < classes.size(); said++) {
        drawCell(right, said);
      }
    }
  }

  private int place(int number) {
    return margin + number * (cell + 1);
  }

  private void drawCell(int right, int said) {
    int count = evaluation.confusion().get(right).get(said);
    double part = count == 0 ? 0 : (double) count / evaluation.support(right);
    fill(place(said), place(right), cell, cell, Colours.brightness((float) part));
    if (numbered) {
      String number = Integer.toString(count);
      int left = place(said) + Math.max(0, (cell - text.width(number)) / 2);
      int top = place(right) + (cell - text.lineHeight()) / 2;
      text.write(number, left, top, cell, part < BRIGHT ? WHITE : BLACK);
    }
  }

  private void fill(int left, int top, int width, int height, int rgb) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        picture.setRGB(x, y, rgb);
      }
    }
  }
}
