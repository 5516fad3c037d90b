package org.cnnc.runtime;

/**
 * A classifier's answer.
 *
 * <p>Everywhere the first of equal scores comes first, and one that is not a number comes last.
 *
 * @param index the class with the largest score
 * @param probability its score: with a softmax at the end, its probability
 */
public record Classification(int index, float probability) {
  /** The answer that scores stand for. */
  public static Classification of(float[] scores) {
    int best = best(scores);
    return new Classification(best, scores[best]);
  }

  /** The class with the largest score. */
  public static int best(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (isBetter(scores[i], scores[best])) {
        best = i;
      }
    }
    return best;
  }

  /**
   * The classes with the largest scores, best first.
   *
   * @param count how many; all of them when there are fewer
   * @throws IllegalArgumentException if it is negative
   */
  public static int[] top(float[] scores, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("the best " + count + " classes");
    }
    int[] top = new int[Math.min(count, scores.length)];
    int found = 0;
    for (int i = 0; i < scores.length; i++) {
      int place = found;
      while (place > 0 && isBetter(scores[i], scores[top[place - 1]])) {
        place--;
      }
      if (place < top.length) {
        found = Math.min(found + 1, top.length);
        System.arraycopy(top, place, top, place + 1, found - place - 1);
        top[place] = i;
      }
    }
    return top;
  }

  private static boolean isBetter(float score, float than) {
    return score > than || (Float.isNaN(than) && !Float.isNaN(score));
  }
}
