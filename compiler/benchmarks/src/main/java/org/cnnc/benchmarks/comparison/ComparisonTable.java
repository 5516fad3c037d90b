package org.cnnc.benchmarks.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cnnc.benchmarks.comparison.Comparison.Contestant;
import org.cnnc.cli.console.TextTable;

/** Comparisons as text: medians, with the smallest and the largest figure. */
final class ComparisonTable {
  private ComparisonTable() {}

  static String of(List<Comparison> comparisons) {
    TextTable table = new TextTable("llrrlrrr");
    table.row(
        "net", "job", "batch", "threads", "who", "images/s", "us of a batch", "to the best peer");
    for (Comparison comparison : comparisons) {
      for (Contestant contestant : comparison.contestants()) {
        row(table, comparison.work(), contestant);
      }
    }
    return table.toString();
  }

  private static void row(TextTable table, Work work, Contestant contestant) {
    table.row(
        work.net(),
        work.job(),
        Integer.toString(work.batch()),
        Integer.toString(work.threads()),
        contestant.peer(),
        text(Optional.of(contestant.imagesPerSecond()), "%,.0f"),
        text(Optional.of(contestant.microseconds()), "%,.1f"),
        text(contestant.ratio(), "%.2f"));
  }

  private static String text(Optional<Spread> spread, String format) {
    String all = format + " (" + format + " to " + format + ")";
    return spread
        .map(
            figures ->
                String.format(
                    Locale.ROOT, all, figures.median(), figures.smallest(), figures.largest()))
        .orElse("");
  }
}
