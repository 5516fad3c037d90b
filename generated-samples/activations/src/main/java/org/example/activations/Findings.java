package org.example.activations;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in words what the curves show. */
final class Findings {
  /** Half of what guessing one of ten digits costs. */
  private static final double LEARNT = Math.log(10) / 2;

  private Findings() {}

  /** One sentence: how soon each has learnt, the fastest first. */
  static String sentence(List<Curve> curves) {
    return curves.stream()
        .sorted(
            Comparator.comparingInt(Findings::imagesUntilLearnt)
                .thenComparingDouble(Curve::finalLoss))
        .map(Findings::part)
        .collect(
            Collectors.joining(
                ", ", String.format(Locale.ROOT, "The loss is halved (below %.2f) ", LEARNT), "."));
  }

  private static int imagesUntilLearnt(Curve curve) {
    return curve.imagesUntil(LEARNT).orElse(Integer.MAX_VALUE);
  }

  private static String part(Curve curve) {
    return curve.imagesUntil(LEARNT).isPresent()
        ? String.format(
            Locale.ROOT, "after %,d images with %s", imagesUntilLearnt(curve), curve.activation())
        : String.format(
            Locale.ROOT,
            "not even after %,d images with %s",
            curve.images().get(curve.images().size() - 1),
            curve.activation());
  }
}
