package org.example.activations;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How one network learnt.
 *
 * @param activation its name
 * @param images images learnt so far, for each point
 * @param losses mean loss of the steps since the point before
 * @param epochLosses mean loss of each epoch
 */
record Curve(
    String activation, List<Integer> images, List<Double> losses, List<Double> epochLosses) {
  Curve {
    images = List.copyOf(images);
    losses = List.copyOf(losses);
    epochLosses = List.copyOf(epochLosses);
  }

  /** Mean loss of the last epoch. */
  double finalLoss() {
    return epochLosses.get(epochLosses.size() - 1);
  }

  /** How many images were learnt when the loss first fell below {@code loss}; empty if never. */
  OptionalInt imagesUntil(double loss) {
    return IntStream.range(0, losses.size())
        .filter(point -> losses.get(point) < loss)
        .map(images::get)
        .findFirst();
  }
}
