package org.cnnc.compiler.drawing;

import org.cnnc.compiler.graph.shape.TensorShape;

/**
 * The form of a block, in pixels. A tensor is a solid: its face is as wide as the tensor is deep
 * (by its logarithm) and as high as the tensor is high; its side runs back as far as the tensor is
 * wide. A vector is a column of circles.
 *
 * @param face width of the front; of a vector's column
 * @param height of the front, or of the column
 * @param shiftX how far the back is to the right of the front; 0 for a vector
 * @param shiftY how far the back is above the front; 0 for a vector
 * @param circles of a vector's column; 0 for a tensor
 */
record Body(double face, double height, double shiftX, double shiftY, int circles) {
  /** Height of the largest image of a drawing. */
  private static final double LARGEST = 124;

  private static final double SMALLEST = 9;
  private static final double BACK_X = 0.40;
  private static final double BACK_Y = 0.28;

  /** Vectors of at most so many features show each. */
  static final int MOST_CIRCLES = 10;

  static final double COLUMN = 22;
  static final double CIRCLE_PITCH = 17;

  /**
   * The body of a shape.
   *
   * @param largestSide of all images of the drawing
   */
  static Body of(TensorShape shape, int largestSide) {
    if (shape.isVector()) {
      int circles = circles(shape.channels());
      return new Body(COLUMN, circles * CIRCLE_PITCH + 5, 0, 0, circles);
    }
    double height = side(shape.height(), largestSide);
    double width = side(shape.width(), largestSide);
    return new Body(6 + 6.5 * log2(shape.channels()), height, BACK_X * width, BACK_Y * width, 0);
  }

  private static int circles(int features) {
    return features <= MOST_CIRCLES
        ? features
        : (int) Math.min(MOST_CIRCLES + 3, Math.round(MOST_CIRCLES + log2(features) / 4));
  }

  private static double side(int pixels, int largest) {
    return Math.max(SMALLEST, LARGEST * pixels / largest);
  }

  private static double log2(int number) {
    return Math.log(number) / Math.log(2);
  }

  boolean isColumn() {
    return circles > 0;
  }

  double totalWidth() {
    return face + shiftX;
  }

  double totalHeight() {
    return height + shiftY;
  }
}
