package org.example.sketchpad;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Symbols as a hand draws them: never twice alike. */
final class Shapes {
  static final double[][] STAR = {{50, 5}, {75, 92}, {5, 38}, {95, 38}, {25, 92}, {50, 5}};
  static final double[][] TRIANGLE = {{50, 5}, {95, 90}, {5, 90}, {50, 5}};
  static final double[][] ZIGZAG = {{5, 10}, {90, 10}, {10, 50}, {90, 50}, {10, 92}, {92, 92}};

  private Shapes() {}

  /** A symbol with ten drawings of a shape. */
  static Symbol symbol(String name, double[][] corners, Random random) {
    return new Symbol(name, drawings(corners, Symbol.DRAWINGS, random));
  }

  /** Drawings of a shape in one stroke: corners wander, the whole is turned and slanted. */
  static List<Drawing> drawings(double[][] corners, int count, Random random) {
    List<Drawing> drawings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawings.add(drawing(corners, random));
    }
    return drawings;
  }

  private static Drawing drawing(double[][] corners, Random random) {
    double turn = 0.12 * random.nextGaussian();
    double slant = 0.1 * random.nextGaussian();
    double width = 1 + 0.12 * random.nextGaussian();
    List<Drawing.Point> stroke = new ArrayList<>();
    for (double[] corner : corners) {
      double x = corner[0] - 50 + 5 * random.nextGaussian();
      double y = corner[1] - 50 + 5 * random.nextGaussian();
      double slanted = width * x + slant * y;
      stroke.add(
          new Drawing.Point(
              Math.cos(turn) * slanted - Math.sin(turn) * y,
              Math.sin(turn) * slanted + Math.cos(turn) * y));
    }
    return new Drawing(List.of(stroke));
  }
}
