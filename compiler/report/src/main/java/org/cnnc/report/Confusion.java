package org.cnnc.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cnnc.training.Evaluation;

/**
 * Images of one class that were taken for another.
 *
 * @param right name of their class
 * @param said name of the other
 * @param count how many, at least 1
 */
public record Confusion(String right, String said, int count) {
  private static final int MOST = 20;

  /** The 20 most frequent ones, or all, if they are fewer; the most frequent first. */
  public static List<Confusion> mostOf(Evaluation evaluation) {
    List<Confusion> all = new ArrayList<>();
    List<String> classes = evaluation.classes();
    for (int right = 0; right < classes.size(); right++) {
      for (int said = 0; said < classes.size(); said++) {
        int count = evaluation.confusion().get(right).get(said);
        if (right != said && count > 0) {
          all.add(new Confusion(classes.get(right), classes.get(said), count));
        }
      }
    }
    return all.stream()
        .sorted(Comparator.comparingInt(Confusion::count).reversed())
        .limit(MOST)
        .toList();
  }
}
