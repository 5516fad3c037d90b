package org.cnnc.compiler.cost;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A cost above its limit. */
public record Excess(Cost cost, long limit) {
  /** Layers that are named. */
  private static final int MOST = 3;

  /**
   * One line: {@code prediction arena: 451,376 bytes, 246,576 above the limit of 204,800}, then the
   * layers that cost most.
   */
  public String message() {
    return String.format(
        Locale.ROOT,
        "%s: %,d bytes, %,d above the limit of %,d%s; most by %s",
        cost.resource().text(),
        cost.bytes(),
        cost.bytes() - limit,
        limit,
        bound(),
        costliest());
  }

  /** Tells whether the network is too large, or only this plan of its memory. */
  private String bound() {
    return cost.lowerBound().isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            " (no plan of this step takes less than %,d)",
            cost.lowerBound().getAsLong());
  }

  private String costliest() {
    List<Map.Entry<String, Long>> layers = cost.byLayer().entrySet().stream().limit(MOST).toList();
    return layers.stream()
        .map(
            layer ->
                String.format(
                    Locale.ROOT,
                    "%s %,d (%.0f %%)",
                    layer.getKey(),
                    layer.getValue(),
                    100.0 * layer.getValue() / cost.bytes()))
        .collect(Collectors.joining(", "));
  }
}
