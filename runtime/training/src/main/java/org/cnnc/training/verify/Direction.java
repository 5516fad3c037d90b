package org.cnnc.training.verify;

import org.cnnc.runtime.RandomSource;

/**
 * A way for a parameter to move.
 *
 * @param name for messages
 * @param moves of the elements, as large as the parameter's own elements typically are
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Direction(String name, double[] moves) {
  /** Along a gradient; a gradient of zeros gives no way. */
  static Direction along(float[] gradient, float[] values) {
    double length = typical(gradient);
    double factor = length == 0 ? 0 : typical(values) / length;
    double[] moves = new double[gradient.length];
    for (int i = 0; i < moves.length; i++) {
      moves[i] = gradient[i] * factor;
    }
    return new Direction("along its gradient", moves);
  }

  /** Every element as far as the others, up or down. */
  static Direction random(float[] values, RandomSource random) {
    double size = typical(values);
    double[] moves = new double[values.length];
    for (int i = 0; i < moves.length; i++) {
      moves[i] = random.nextLong() < 0 ? -size : size;
    }
    return new Direction("in a random direction", moves);
  }

  /** The values after a part of the way. */
  float[] move(float[] values, double part) {
    float[] moved = new float[values.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (values[i] + part * moves[i]);
    }
    return moved;
  }

  /** Root of the mean square. */
  private static double typical(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}
