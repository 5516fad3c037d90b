package org.cnnc.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.Quantities;
import org.cnnc.training.data.DataException;

/** Broken pictures that were left out: they are counted, and some of them named. */
final class SkippedPictures implements Consumer<DataException> {
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

  void tell(Console console) {
    if (count == 0) {
      return;
    }
    console.message("warning: broken pictures left out: " + Quantities.count(count));
    problems.forEach(problem -> console.message("  " + problem));
    if (count > problems.size()) {
      console.message("  and " + Quantities.count(count - problems.size()) + " more");
    }
  }
}
