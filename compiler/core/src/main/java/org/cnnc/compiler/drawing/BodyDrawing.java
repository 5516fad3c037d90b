package org.cnnc.compiler.drawing;

import static org.cnnc.compiler.drawing.SvgDrawing.path;

import java.util.List;

/** Draws the body of a block: a solid for a tensor, a column of nodes for a vector. */
final class BodyDrawing {
  /** A face shows the slices of a tensor by lines, at most so many. */
  private static final int MOST_SLICES = 16;

  private static final double NARROWEST_SLICE = 3;

  /** Smaller solids have no room for their sizes; the caption has them all the same. */
  private static final double ROOM_FOR_SIZES = 40;

  private static final double BAND = 6;
  private static final double RADIUS = 6;

  private final MarkupWriter out;

  BodyDrawing(MarkupWriter out) {
    this.out = out;
  }

  /**
   * Draws a body.
   *
   * @param left its left end
   * @param axis height of its middle
   */
  void draw(Block block, Body body, double left, double axis) {
    if (body.isColumn()) {
      drawColumn(block, body, left, axis);
    } else {
      drawSolid(block, body, left, axis);
    }
  }

  private void drawSolid(Block block, Body body, double left, double axis) {
    double bottom = axis + body.totalHeight() / 2;
    double top = bottom - body.height();
    double right = left + body.face();
    double dx = body.shiftX();
    double dy = -body.shiftY();
    String front = rectangle(left, top, body.face(), body.height());
    String roof = path("M", left, top, "l", dx, dy, "h", body.face(), "l", -dx, -dy) + " Z";
    String side = path("M", right, top, "l", dx, dy, "v", body.height(), "l", -dx, -dy) + " Z";
    out.empty("path", "class", "fill", "d", front);
    out.empty("path", "class", "fill", "d", roof);
    out.empty("path", "class", "fill", "d", side);
    if (block.hasActivation()) {
      double band = Math.min(BAND, body.face() / 3);
      out.empty("path", "class", "band", "d", rectangle(right - band, top, band, body.height()));
      out.empty(
          "path",
          "class",
          "band",
          "d",
          path("M", right - band, top, "l", dx, dy, "h", band, "l", -dx, -dy) + " Z");
    }
    out.empty("path", "class", "light", "d", roof);
    out.empty("path", "class", block.hasActivation() ? "band" : "shade", "d", side);
    drawSlices(block, body, left, top);
    out.empty("path", "class", "edge", "d", front + " " + roof + " " + side);
    drawSizes(block, body, left, top);
  }

  private void drawSlices(Block block, Body body, double left, double top) {
    int slices = Math.min(MOST_SLICES, block.shape().channels());
    double pitch = body.face() / slices;
    if (slices < 2 || pitch < NARROWEST_SLICE / 2) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i < slices; i++) {
      lines.append(i == 1 ? "" : " ");
      lines.append(path("M", left + i * pitch, top, "v", body.height()));
    }
    out.empty("path", "class", "slices", "d", lines.toString());
  }

  /** Depth below the face, height before it, width along the edge that runs back. */
  private void drawSizes(Block block, Body body, double left, double top) {
    double bottom = top + body.height();
    size(block.shape().channels(), "size", left + body.face() / 2, bottom + 12);
    if (body.height() >= ROOM_FOR_SIZES) {
      size(block.shape().height(), "size end", left - 4, bottom - 4);
      double middleX = left + body.shiftX() / 2 - 4;
      size(block.shape().width(), "size end", middleX, top - body.shiftY() / 2 - 2);
    }
  }

  private void size(int number, String classes, double x, double y) {
    out.element("text", Integer.toString(number), "class", classes, "x", x, "y", y);
  }

  private void drawColumn(Block block, Body body, double left, double axis) {
    double top = axis - body.height() / 2;
    out.empty(
        "rect",
        "class",
        "column",
        "x",
        left,
        "y",
        top,
        "width",
        body.face(),
        "height",
        body.height(),
        "rx",
        body.face() / 2);
    int features = block.shape().channels();
    boolean all = body.circles() == features;
    int gap = all ? -1 : body.circles() - 2; // the last but one stands for those not shown
    double x = left + body.face() / 2;
    List<String> labels = block.labels();
    for (int i = 0; i < body.circles(); i++) {
      double y = top + 2.5 + (i + 0.5) * Body.CIRCLE_PITCH;
      if (i == gap) {
        for (int dot = -1; dot <= 1; dot++) {
          out.empty("circle", "class", "dot", "cx", x, "cy", y + 4.5 * dot, "r", 1.4);
        }
        continue;
      }
      String node = block.hasActivation() ? "node active" : "node";
      out.empty("circle", "class", node, "cx", x, "cy", y, "r", RADIUS);
      int feature = all || i < gap ? i : features - 1;
      if (!labels.isEmpty()) {
        String label = Layout.shortened(labels.get(feature));
        out.element("text", label, "class", "label", "x", left + body.face() + 6, "y", y + 4);
      }
    }
  }

  private static String rectangle(double x, double y, double width, double height) {
    return path("M", x, y, "h", width, "v", height, "h", -width) + " Z";
  }
}
