package org.cnnc.cli.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.schedule.CostModel;
import org.cnnc.compiler.schedule.Kernel;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelCost;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.Machine;

/**
 * The programs to measure: the first with the usual kernels, each other one with another candidate
 * for every operation that has one: another tile, or another thing in the lanes of its vectors.
 * Operations do not know of each other's kernels, so one program tries something for all.
 */
public final class Variants {
  private static final int MOST = 5;

  /** A kernel that is expected to take so many times as long is not tried. */
  private static final double HOPELESS = 1.6;

  private Variants() {}

  /**
   * What to compile to learn of the kernels that have other lanes.
   *
   * @param usual kernels by name of the operation, made as the cost model has it
   */
  public static Map<String, KernelChoice> withOtherLanes(Map<String, Kernel> usual) {
    Map<String, KernelChoice> others = new HashMap<>();
    usual.forEach(
        (name, kernel) -> others.put(name, kernel.choice().withLanes(other(kernel.work().form()))));
    return others;
  }

  private static LaneChoice other(Form form) {
    return form == Form.CHANNELS ? LaneChoice.PIXELS : LaneChoice.CHANNELS;
  }

  /**
   * The kernels of each program, by operation.
   *
   * @param usual kernels by name of the operation, made as the cost model has it
   * @param otherLanes those that {@link #withOtherLanes} gave; of some operations they are the same
   */
  public static List<Map<String, KernelChoice>> of(
      Map<String, Kernel> usual, Map<String, Kernel> otherLanes) {
    List<Map<String, KernelChoice>> variants = new ArrayList<>();
    Map<String, KernelChoice> first = new HashMap<>();
    usual.forEach((name, kernel) -> first.put(name, kernel.choice()));
    variants.add(first);
    Map<String, List<KernelChoice>> others = new LinkedHashMap<>();
    usual.forEach((name, kernel) -> others.put(name, others(kernel, otherLanes.get(name))));
    int most = others.values().stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < Math.min(most, MOST); i++) {
      Map<String, KernelChoice> variant = new HashMap<>(first);
      for (Map.Entry<String, List<KernelChoice>> entry : others.entrySet()) {
        if (i < entry.getValue().size()) {
          variant.put(entry.getKey(), entry.getValue().get(i));
        }
      }
      variants.add(variant);
    }
    return variants;
  }

  /** Other lanes first: they differ most, and fewer programs than candidates are measured. */
  private static List<KernelChoice> others(Kernel usual, Kernel otherLanes) {
    double most = HOPELESS * slots(usual.work(), usual.choice());
    List<KernelChoice> others = new ArrayList<>();
    if (otherLanes != null && isOnlyOfOtherLanes(usual.work(), otherLanes.work())) {
      KernelWork work = otherLanes.work();
      CostModel.candidates(work).stream()
          .limit(1)
          .filter(choice -> slots(work, choice) < most)
          .map(choice -> choice.withLanes(other(usual.work().form())))
          .forEach(others::add);
    }
    CostModel.candidates(usual.work()).stream()
        .filter(choice -> !choice.equals(usual.choice()))
        .filter(choice -> slots(usual.work(), choice) < most)
        .forEach(others::add);
    return others;
  }

  /** Not where other lanes change what an operation is: whether its pool belongs to it. */
  private static boolean isOnlyOfOtherLanes(KernelWork usual, KernelWork other) {
    return (usual.form() == Form.CHANNELS) != (other.form() == Form.CHANNELS)
        && usual.places() == other.places();
  }

  /** Bringing data into the order of the lanes included. */
  private static double slots(KernelWork work, KernelChoice choice) {
    KernelCost cost = CostModel.cost(work, choice, Machine.REFERENCE);
    return cost.slots() + cost.copies();
  }
}
