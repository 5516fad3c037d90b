package org.cnnc.cli.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.schedule.CostModel;
import org.cnnc.compiler.schedule.Kernel;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.Machine;

/**
 * The programs to measure: the first with the usual tiles, each other one with another candidate
 * for every operation that has one. Operations do not know of each other's tiles, so one program
 * tries something for all.
 */
public final class Variants {
  private static final int MOST = 5;

  /** A tile that is expected to take so many times as long is not tried. */
  private static final double HOPELESS = 1.6;

  private Variants() {}

  /**
   * The tiles of each program, by operation.
   *
   * @param usual kernels by name of the operation, tiled as the cost model has it
   */
  public static List<Map<String, KernelChoice>> of(Map<String, Kernel> usual) {
    List<Map<String, KernelChoice>> variants = new ArrayList<>();
    Map<String, KernelChoice> first = new HashMap<>();
    usual.forEach((name, kernel) -> first.put(name, kernel.choice()));
    variants.add(first);
    Map<String, List<KernelChoice>> others = new LinkedHashMap<>();
    usual.forEach((name, kernel) -> others.put(name, others(kernel)));
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

  private static List<KernelChoice> others(Kernel kernel) {
    double usual = slots(kernel, kernel.choice());
    return CostModel.candidates(kernel.work()).stream()
        .filter(choice -> !choice.equals(kernel.choice()))
        .filter(choice -> slots(kernel, choice) < HOPELESS * usual)
        .toList();
  }

  private static double slots(Kernel kernel, KernelChoice choice) {
    return CostModel.cost(kernel.work(), choice, Machine.REFERENCE).slots();
  }
}
