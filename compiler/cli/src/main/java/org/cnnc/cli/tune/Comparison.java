package org.cnnc.cli.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.compiler.schedule.KernelChoice;

/**
 * Times of variants, measured in turns, and which kernels they speak for. One replaces the usual
 * one only when it is clearly faster: by the median, and in nearly every turn.
 */
public final class Comparison {
  /** Turns that are needed to say anything. */
  public static final int FEWEST_TURNS = 7;

  private static final double CLEAR_GAIN = 0.95;
  private static final double TURNS_WON = 0.8;

  private final List<Map<String, KernelChoice>> variants;
  private final List<Map<String, List<Double>>> times = new ArrayList<>();

  /** One sample of each operation, in seconds. */
  @FunctionalInterface
  public interface Sampler {
    /** Samples a variant: seconds by name of the operation. */
    Map<String, Double> sample(int variant);
  }

  /**
   * A kernel that was found.
   *
   * @param usualSeconds of an image, with the usual one
   * @param seconds of an image, with this one
   */
  public record Found(String operation, KernelChoice choice, double usualSeconds, double seconds) {}

  /**
   * Nothing is measured yet.
   *
   * @param variants kernels by operation; the first are the usual ones
   */
  public Comparison(List<Map<String, KernelChoice>> variants) {
    this.variants = List.copyOf(variants);
    variants.forEach(variant -> times.add(new HashMap<>()));
  }

  /** Measures each variant once; the order turns round from turn to turn. */
  public void turn(Sampler sampler) {
    boolean backwards = turns() % 2 == 1;
    for (int i = 0; i < variants.size(); i++) {
      int variant = backwards ? variants.size() - 1 - i : i;
      sampler
          .sample(variant)
          .forEach(
              (operation, seconds) ->
                  times
                      .get(variant)
                      .computeIfAbsent(operation, key -> new ArrayList<>())
                      .add(seconds));
    }
  }

  /** How often all were measured. */
  public int turns() {
    return times.get(0).values().stream().mapToInt(List::size).min().orElse(0);
  }

  /** What is clearly faster than the usual kernel of an operation; the fastest of several. */
  public Optional<Found> found(String operation) {
    List<Double> usual = times.get(0).get(operation);
    KernelChoice usualChoice = variants.get(0).get(operation);
    Optional<Found> best = Optional.empty();
    for (int v = 1; v < variants.size(); v++) {
      KernelChoice choice = variants.get(v).get(operation);
      List<Double> other = times.get(v).get(operation);
      if (!choice.equals(usualChoice) && isClearlyFaster(other, usual)) {
        Found found = new Found(operation, choice, median(usual), median(other));
        if (best.isEmpty() || found.seconds() < best.get().seconds()) {
          best = Optional.of(found);
        }
      }
    }
    return best;
  }

  /** The median of an operation's seconds with the usual kernel. */
  public double usualSeconds(String operation) {
    return median(times.get(0).get(operation));
  }

  private static boolean isClearlyFaster(List<Double> other, List<Double> usual) {
    if (usual.size() < FEWEST_TURNS) {
      return false;
    }
    int won = 0;
    for (int turn = 0; turn < usual.size(); turn++) {
      won += other.get(turn) < usual.get(turn) ? 1 : 0;
    }
    return median(other) < CLEAR_GAIN * median(usual) && won >= TURNS_WON * usual.size();
  }

  private static double median(List<Double> seconds) {
    return seconds.stream().sorted().toList().get(seconds.size() / 2);
  }
}
