package org.cnnc.grammar.diagnostic;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that a misspelt one was meant to be. */
public final class DidYouMean {
  private DidYouMean() {}

  /**
   * The candidate with the fewest typing mistakes (a character missing, added, replaced, or two
   * neighbours swapped), if they are at most a third of the word's length, and at least one is
   * forgiven. The first of equally near candidates wins; the word itself is no answer.
   */
  public static Optional<String> closest(String word, Collection<String> candidates) {
    Optional<String> best = Optional.empty();
    int limit = Math.max(1, word.length() / 3);
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - word.length()) > limit || candidate.equals(word)) {
        continue; // the difference in length is a lower bound of the distance
      }
      int distance = distance(word, candidate);
      // A word that shares no character is not near, however short it is.
      if (distance <= limit && distance < Math.max(word.length(), candidate.length())) {
        best = Optional.of(candidate);
        limit = distance - 1;
      }
    }
    return best;
  }

  /** The Damerau-Levenshtein distance, in which no part is edited twice. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (isSwap(a, i, b, j)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
