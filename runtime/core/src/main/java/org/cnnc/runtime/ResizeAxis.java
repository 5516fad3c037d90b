package org.cnnc.runtime;

/**
 * How the pixels of one axis come together when a picture changes its size; whole numbers only.
 *
 * <p>Shrinking ({@code to <= from}) averages over boxes: in units of 1/to source pixels, output
 * pixel o covers [o * from, (o + 1) * from) and source pixel i covers [i * to, (i + 1) * to); the
 * weight is the length of the overlap, all weights of an output pixel together are {@code from}.
 *
 * <p>Growing interpolates between the centres of pixels: output pixel o is at ((2o + 1) * from -
 * to) / (2 * to) on the source, kept within [0, from - 1]; with the fraction f / (2 * to) the two
 * neighbours have the weights 2 * to - f and f, together {@code 2 * to}.
 *
 * <p>There are {@code from} source pixels and {@code to} output pixels. No objects: a prediction
 * allocates nothing but its result.
 */
final class ResizeAxis {
  private ResizeAxis() {}

  /** Sum of the weights of an output pixel. */
  static long totalWeight(int from, int to) {
    return to <= from ? from : 2L * to;
  }

  /** The first source pixel with a weight. */
  static int first(int from, int to, int output) {
    return to <= from
        ? (int) ((long) output * from / to)
        : (int) (position(from, to, output) / (2L * to));
  }

  /** The last source pixel with a weight. */
  static int last(int from, int to, int output) {
    if (to <= from) {
      return (int) (((output + 1L) * from - 1) / to);
    }
    return first(from, to, output) + (position(from, to, output) % (2L * to) == 0 ? 0 : 1);
  }

  /** Weight of a source pixel from {@link #first} to {@link #last}. */
  static long weight(int from, int to, int output, int source) {
    if (to <= from) {
      long begin = Math.max((long) source * to, (long) output * from);
      long end = Math.min((source + 1L) * to, (output + 1L) * from);
      return end - begin;
    }
    long fraction = position(from, to, output) % (2L * to);
    return source == first(from, to, output) ? 2L * to - fraction : fraction;
  }

  private static long position(int from, int to, int output) {
    long numerator = (2L * output + 1) * from - to;
    return Math.min(Math.max(numerator, 0), 2L * to * (from - 1L));
  }
}
