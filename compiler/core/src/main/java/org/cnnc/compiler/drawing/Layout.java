package org.cnnc.compiler.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the blocks of a drawing stand: from left to right, in rows that are about equally long.
 *
 * @param places one a block, in order
 * @param rows number of rows
 * @param width of the longest row
 * @param bodyHeight of the highest block
 */
record Layout(List<Place> places, int rows, double width, double bodyHeight) {
  private static final double LONGEST_ROW = 1180;
  private static final double GAP = 30;
  private static final double CAPTION_CHARACTER = 6.6;
  private static final double WIDE_CHARACTER = 12;

  /** Most characters of a class's label that are shown. */
  private static final int LABEL = 18;

  Layout {
    places = List.copyOf(places);
  }

  /**
   * Where a block stands.
   *
   * @param row from 0
   * @param left left end of its body
   * @param center middle of its caption and of its body without labels
   * @param cellLeft left end of the room it has
   * @param cellRight right end of the room it has
   */
  record Place(
      Block block,
      Body body,
      int row,
      double left,
      double center,
      double cellLeft,
      double cellRight) {
    double right() {
      return left + body.totalWidth();
    }
  }

  static Layout of(List<Block> blocks) {
    int largest =
        blocks.stream()
            .map(Block::shape)
            .filter(shape -> !shape.isVector())
            .mapToInt(shape -> Math.max(shape.height(), shape.width()))
            .max()
            .orElse(1);
    List<Body> bodies = blocks.stream().map(block -> Body.of(block.shape(), largest)).toList();
    List<Double> cells = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      cells.add(cell(blocks.get(i), bodies.get(i)));
    }
    double total = cells.stream().mapToDouble(cell -> cell).sum();
    double rowWidth = total / Math.ceil(total / LONGEST_ROW);
    List<Place> places = new ArrayList<>();
    double x = 0;
    double width = 0;
    int row = 0;
    for (int i = 0; i < blocks.size(); i++) {
      // A block belongs to the row in which its middle would be.
      if (x > 0 && x + cells.get(i) / 2 > rowWidth) {
        x = 0;
        row++;
      }
      places.add(place(blocks.get(i), bodies.get(i), row, x, cells.get(i)));
      x += cells.get(i);
      width = Math.max(width, x);
    }
    double bodyHeight = bodies.stream().mapToDouble(Body::totalHeight).max().orElse(0);
    return new Layout(places, row + 1, width, bodyHeight);
  }

  private static Place place(Block block, Body body, int row, double x, double cell) {
    double center = x + (cell - labelsWidth(block)) / 2;
    return new Place(block, body, row, center - body.totalWidth() / 2, center, x, x + cell);
  }

  private static double cell(Block block, Body body) {
    double caption =
        block.caption().stream()
            .mapToDouble(line -> width(line, CAPTION_CHARACTER))
            .max()
            .orElse(0);
    return GAP + labelsWidth(block) + Math.max(caption, body.totalWidth());
  }

  private static double labelsWidth(Block block) {
    double widest =
        block.labels().stream()
            .mapToDouble(label -> width(shortened(label), CAPTION_CHARACTER))
            .max()
            .orElse(0);
    return widest == 0 ? 0 : widest + 6;
  }

  /** A class's label, cut where it is too long. */
  static String shortened(String label) {
    return label.codePointCount(0, label.length()) <= LABEL
        ? label
        : label.substring(0, label.offsetByCodePoints(0, LABEL - 1)) + "…";
  }

  /** About how wide a text is: fonts differ, Chinese characters are square. */
  private static double width(String text, double character) {
    return text.codePoints().mapToDouble(c -> c >= 0x2E80 ? WIDE_CHARACTER : character).sum();
  }
}
