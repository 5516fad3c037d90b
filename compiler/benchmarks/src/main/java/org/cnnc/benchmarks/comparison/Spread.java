package org.cnnc.benchmarks.comparison;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.util.ListStatistics;

/** The middle of some figures, and how far apart they are. */
public record Spread(double median, double smallest, double largest) {
  private static final double HALF = 50;

  /**
   * Of at least one figure.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("no figures");
    }
    ListStatistics statistics =
        new ListStatistics(figures.stream().mapToDouble(Double::doubleValue).toArray());
    return new Spread(statistics.getPercentile(HALF), statistics.getMin(), statistics.getMax());
  }

  /**
   * {@code 82 (66 to 91)}.
   *
   * @param format of one figure, as {@link String#format} has it
   */
  public String text(String format) {
    return String.format(
        Locale.ROOT, format + " (" + format + " to " + format + ")", median, smallest, largest);
  }
}
