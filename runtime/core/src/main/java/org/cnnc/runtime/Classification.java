package org.cnnc.runtime;

/**
 * A classifier's answer.
 *
 * @param index the class with the largest score, the first of equal ones
 * @param probability its score: with a softmax at the end, its probability
 */
public record Classification(int index, float probability) {
  /** The answer that scores stand for. */
  public static Classification of(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return new Classification(best, scores[best]);
  }
}
