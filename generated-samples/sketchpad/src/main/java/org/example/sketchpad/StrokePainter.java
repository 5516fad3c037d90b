package org.example.sketchpad;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;

/**
 * Draws strokes with a round pen. However large something was drawn, it is drawn again in one size
 * with one pen: as thick, beside the digit, as the pens of MNIST.
 */
final class StrokePainter {
  /** Fine pixels for one of the 20 of the longest side; they are averaged later. */
  private static final int FINENESS = 8;

  private static final int SIDE = 20 * FINENESS;
  private static final double PEN = 2.6 * FINENESS;

  private StrokePainter() {}

  /** The drawing as the network takes it. */
  static Glyph glyph(Drawing drawing) {
    return paint(drawing).framed();
  }

  /** The drawing as ink: its longest side is 20 times the fineness. */
  private static Ink paint(Drawing drawing) {
    Bounds bounds = Bounds.of(drawing);
    double scale = bounds.longestSide() == 0 ? 1 : (SIDE - PEN) / bounds.longestSide();
    Path2D path = new Path2D.Double();
    for (List<Drawing.Point> stroke : drawing.strokes()) {
      for (int i = 0; i < stroke.size(); i++) {
        double x = (stroke.get(i).x() - bounds.left) * scale + PEN / 2;
        double y = (stroke.get(i).y() - bounds.top) * scale + PEN / 2;
        if (i == 0) {
          path.moveTo(x, y);
        }
        path.lineTo(x, y); // a single point becomes a dot
      }
    }
    return paint(path);
  }

  private static Ink paint(Path2D path) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setStroke(new BasicStroke((float) PEN, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.setColor(Color.WHITE);
    graphics.draw(path);
    graphics.dispose();
    byte[] grey = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    float[] amounts = new float[grey.length];
    for (int i = 0; i < grey.length; i++) {
      amounts[i] = (grey[i] & 0xff) / 255f;
    }
    return new Ink(SIDE, SIDE, amounts);
  }

  private record Bounds(double left, double top, double right, double bottom) {
    static Bounds of(Drawing drawing) {
      double left = Double.POSITIVE_INFINITY;
      double top = Double.POSITIVE_INFINITY;
      double right = Double.NEGATIVE_INFINITY;
      double bottom = Double.NEGATIVE_INFINITY;
      for (List<Drawing.Point> stroke : drawing.strokes()) {
        for (Drawing.Point point : stroke) {
          left = Math.min(left, point.x());
          top = Math.min(top, point.y());
          right = Math.max(right, point.x());
          bottom = Math.max(bottom, point.y());
        }
      }
      return new Bounds(left, top, right, bottom);
    }

    double longestSide() {
      return Math.max(right - left, bottom - top);
    }
  }
}
