package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Form;

/**
 * Why a kernel is as it is, for people.
 *
 * @param algorithm how it computes
 * @param tile how its sums or terms are cut
 * @param why sentences with the numbers that decided
 */
public record KernelExplanation(String algorithm, String tile, List<String> why) {
  /** Alternatives to tell of. */
  private static final int ALTERNATIVES = 3;

  private static final double WORTH_TELLING = 0.01;

  public KernelExplanation {
    why = List.copyOf(why);
  }

  /** The explanation of a kernel on a machine. */
  public static KernelExplanation of(Kernel kernel, Machine machine) {
    KernelCost cost = CostModel.cost(kernel.work(), kernel.choice(), machine);
    List<String> why = new ArrayList<>(kernel.work().algorithm().why());
    why.add(round(kernel, cost));
    why.add(lanes(kernel, machine));
    if (cost.copies() > WORTH_TELLING * cost.slots()) {
      why.add(
          String.format(
              Locale.ROOT,
              "Bringing the data into this order is %.0f %% of the work.",
              100 * cost.copies() / cost.slots()));
    }
    alternatives(kernel).ifPresent(why::add);
    return new KernelExplanation(algorithm(kernel.work()), tile(kernel, cost), why);
  }

  private static String algorithm(KernelWork work) {
    Axes axes = work.axes();
    String name = work.algorithm().title();
    return work.form() == Form.ROWS
        ? name
            + ", by rows: "
            + axes.lanes()
            + " in lanes, several "
            + axes.terms()
            + " added at once"
        : name + ": " + axes.lanes() + " in lanes, sums of " + axes.sums() + " in registers";
  }

  private static String tile(Kernel kernel, KernelCost cost) {
    KernelWork work = kernel.work();
    Tiles tiles = work.tiles(kernel.choice().sums());
    String text =
        work.tiled() + " " + axis(work) + " as " + cost.largeTiles() + " x " + tiles.size();
    if (cost.smallTiles() > 0) {
      text += " + " + cost.smallTiles() + " x " + work.smallSize(tiles);
    }
    int several = kernel.choice().vectors();
    if (several == 1) {
      return text;
    }
    return work.form() == Form.ROWS
        ? text + ", added to " + several + " rows of sums"
        : text + ", " + several + " vectors each";
  }

  /** What is cut into tiles. */
  private static String axis(KernelWork work) {
    return work.form() == Form.ROWS ? work.axes().terms() : work.axes().sums();
  }

  private static String round(Kernel kernel, KernelCost cost) {
    boolean rows = kernel.work().form() == Form.ROWS;
    return String.format(
        Locale.ROOT,
        "A round loads %d numbers%s for %d multiply-adds; the limit: %s.",
        cost.roundLoads(),
        rows ? " and stores " + stored(kernel.choice().vectors()) : "",
        cost.roundMultiplyAdds(),
        cost.limit());
  }

  private static String stored(int sums) {
    return sums == 1 ? "one" : Integer.toString(sums);
  }

  private static String lanes(Kernel kernel, Machine machine) {
    KernelWork work = kernel.work();
    int vectors = CostModel.vectors(work, kernel.choice(), machine);
    double computed =
        (double) work.sums()
            * work.terms()
            * work.repeats()
            * vectors
            * Math.max(1, work.places())
            * machine.lanes();
    return String.format(
        Locale.ROOT,
        "%d %s are %d x %d lanes; %.0f %% of what the lanes compute is used.",
        work.lanes(),
        work.axes().lanes(),
        vectors,
        machine.lanes(),
        100 * work.multiplyAdds() / computed);
  }

  private static Optional<String> alternatives(Kernel kernel) {
    double own = CostModel.cost(kernel.work(), kernel.choice(), Machine.REFERENCE).slots();
    List<String> others = new ArrayList<>();
    for (KernelChoice other : CostModel.candidates(kernel.work())) {
      if (!sameTiles(kernel, other) && others.size() < ALTERNATIVES) {
        double slots = CostModel.cost(kernel.work(), other, Machine.REFERENCE).slots();
        others.add(String.format(Locale.ROOT, "%s %.2f times", other, slots / own));
      }
    }
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of("Expected of other tiles: " + String.join(", ", others) + " as long.");
  }

  private static boolean sameTiles(Kernel kernel, KernelChoice other) {
    return kernel.choice().vectors() == other.vectors()
        && kernel.work().tiles(kernel.choice().sums()).equals(kernel.work().tiles(other.sums()));
  }
}
