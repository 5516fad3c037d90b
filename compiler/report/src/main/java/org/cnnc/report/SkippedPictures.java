package org.cnnc.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cnnc.training.data.DataException;

/** Broken pictures that were left out: they are counted, and some of them named. */
public final class SkippedPictures implements Consumer<DataException> {
  private static final int MOST_NAMES = 10;

  private final List<String> problems = new ArrayList<>();
  private int count;

  @Override
  public void accept(DataException problem) {
    count++;
    if (problems.size() < MOST_NAMES) {
      problems.add(problem.getMessage());
    }
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** A warning; no lines if nothing was left out. */
  public List<String> lines() {
    if (count == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("broken pictures left out: " + Quantities.count(count));
    problems.forEach(problem -> lines.add("  " + problem));
    if (count > problems.size()) {
      lines.add("  and " + Quantities.count(count - problems.size()) + " more");
    }
    return lines;
  }
}
