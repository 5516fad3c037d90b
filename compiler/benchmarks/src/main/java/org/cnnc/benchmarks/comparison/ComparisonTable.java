package org.cnnc.benchmarks.comparison;

import java.util.List;
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
        contestant.imagesPerSecond().text("%,.0f"),
        contestant.microseconds().text("%,.1f"),
        contestant.ratio().map(ratio -> ratio.text("%.2f")).orElse(""));
  }
}
