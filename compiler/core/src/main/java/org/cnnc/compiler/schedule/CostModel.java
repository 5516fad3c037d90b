package org.cnnc.compiler.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cnnc.compiler.schedule.KernelCost.Limit;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Form;

/**
 * What kernels are expected to take, and the tiles chosen by it: counts of multiply-adds, loads and
 * stores, of what is left over where tiles and vectors do not divide, of waits. A pure function.
 */
public final class CostModel {
  private static final KernelChoice USUAL = KernelChoice.ofSums(8);

  /** C2 vectorises loops over so many rows on all versions of Java; more are a gamble. */
  private static final int MOST_ROWS = 8;

  /** What is not usual must be this much better: the model is no better than that. */
  private static final double CLEAR_GAIN = 0.97;

  private static final int STORE = 2;

  /** What a window is read for: where its element belongs, and the element. */
  private static final int PLACE_AND_ELEMENT = 2;

  /** At the edge of the registers C2 is good in one run and spills in the next. */
  private static final int SPARE_REGISTERS = 4;

  /** Around the loop over the terms: counters, bounds, the beginning and end of the loops. */
  private static final int SLOTS_A_GROUP = 40;

  /** Around a loop over rows: the call, its arrays, the elements before and after the vectors. */
  private static final int SLOTS_A_CALL = 20;

  private static final int SLOTS_A_ROW = 1;

  /** An element that is copied alone: its load, its store, its index. */
  private static final int SLOTS_A_COPY = 4;

  /**
   * A sum that is read again for its activation and a maximum, NaN and all zeros right. Behind a
   * rectifier a fused kernel takes a little less, which is left aside: what is fused was chosen by
   * measurement with this.
   */
  private static final int SLOTS_A_PLACE = 6;

  private static final long NEAREST_CACHE_FLOATS = 8 * 1024;
  private static final long PRIVATE_CACHE_FLOATS = 256 * 1024;

  /** Slots of a vector that is read once, from the core's own cache and from beyond it. */
  private static final int FROM_PRIVATE_CACHE = 2;

  private static final int FROM_SHARED_CACHE = 10;

  private CostModel() {}

  /** The tile that is expected to be fastest on the reference machine. */
  public static KernelChoice best(KernelWork work) {
    KernelChoice best = fitting(work, work.limited(USUAL));
    double usual = cost(work, best, Machine.REFERENCE).slots();
    for (KernelChoice candidate : candidates(work)) {
      double slots = cost(work, candidate, Machine.REFERENCE).slots();
      if (slots < CLEAR_GAIN * usual && slots < cost(work, best, Machine.REFERENCE).slots()) {
        best = candidate;
      }
    }
    return best;
  }

  /**
   * The tile of a machine whose loops may add to several rows of sums.
   *
   * @param sumsAtOnce most of them
   */
  static KernelChoice best(KernelWork work, int sumsAtOnce) {
    // Fewer are right where groups of images were made for it; of two channels nobody measured it.
    boolean few = work.axes().images() != Axes.Images.NOTHING;
    int sums = few ? Math.min(sumsAtOnce, work.sums()) : sumsAtOnce;
    int rows = KernelChoice.MOST_SUMS / sums;
    if (work.form() != Form.ROWS || work.mostVectors(rows) < sums || sums == 1) {
      return best(work);
    }
    return fitting(work, new KernelChoice(Math.min(rows, MOST_ROWS), sums));
  }

  /** Slots that the work is expected to take on the reference machine, copies included. */
  static double fastest(KernelWork work) {
    KernelCost cost = cost(work, best(work), Machine.REFERENCE);
    return cost.slots() + cost.copies();
  }

  /** Tiles that are really different from each other, those that are expected to be fast first. */
  public static List<KernelChoice> candidates(KernelWork work) {
    List<KernelChoice> candidates = new ArrayList<>();
    int most = work.form() == Form.ROWS ? MOST_ROWS : KernelChoice.MOST_SUMS;
    // Loops that add to several rows of sums are a gamble, too, where C2 has to find the vectors.
    int mostVectors = work.form() == Form.ROWS ? 1 : work.mostVectors(1);
    for (int vectors = 1; vectors <= mostVectors; vectors++) {
      for (int sums = 1; sums * vectors <= most; sums++) {
        KernelChoice choice = fitting(work, work.limited(new KernelChoice(sums, vectors)));
        if (!candidates.contains(choice)) {
          candidates.add(choice);
        }
      }
    }
    candidates.sort(
        Comparator.comparingDouble(choice -> cost(work, choice, Machine.REFERENCE).slots()));
    return candidates;
  }

  /** The tile that comes out when sums are shared out evenly. */
  private static KernelChoice fitting(KernelWork work, KernelChoice choice) {
    int size = work.isCutEvenly() ? Tiles.of(work.tiled(), choice.sums()).size() : choice.sums();
    boolean rows = work.form() == Form.ROWS;
    int vectors = rows ? choice.vectors() : pieces(work, choice).count();
    return work.limited(new KernelChoice(size, vectors));
  }

  /**
   * Whether a convolution and its max pool are expected to be faster at once than one after the
   * other, where the convolution's value is written and read, and the taps of windows are copied
   * one by one.
   *
   * @param apart what the convolution alone has to do
   * @param elements of the convolution's value
   * @param withActivation whether something is done to its value in between
   * @param fused what both have to do at once
   */
  static boolean isFasterFused(
      KernelWork apart, int elements, boolean withActivation, KernelWork fused) {
    Machine machine = Machine.REFERENCE;
    double vectors = (double) elements / machine.lanes();
    double activation = withActivation ? vectors * (machine.vectorLoad() + STORE) : 0;
    double pool = (double) elements * SLOTS_A_COPY + vectors * SLOTS_A_PLACE;
    KernelCost convolution = cost(apart, best(apart), machine);
    double collecting = apart.form() == Form.CHANNELS ? convolution.copies() : 0;
    double separately = convolution.slots() + collecting + activation + pool;
    return cost(fused, best(fused), machine).slots() < CLEAR_GAIN * separately;
  }

  /** What one run is expected to take. */
  public static KernelCost cost(KernelWork work, KernelChoice choice, Machine machine) {
    Tiles tiles = work.tiles(choice.sums());
    double slots =
        tiles.largeTiles() * tile(work, choice, tiles.size(), machine)
            + tiles.smallTiles() * tile(work, choice, work.smallSize(tiles), machine);
    double copies =
        (double) work.copies().inRows() / machine.lanes() * STORE
            + work.copies().single() * SLOTS_A_COPY;
    double share = (double) work.multiplyAdds() / machine.lanes() / (slots + copies);
    int size = tiles.size();
    int vectors = vectorsOfSum(work, choice);
    return new KernelCost(
        slots,
        copies,
        size + vectors,
        size * vectors,
        tiles.largeTiles(),
        tiles.smallTiles(),
        limit(work, vectors, size, machine),
        share);
  }

  /** A row of sums in the pieces that are computed side by side. */
  private static RowPieces pieces(KernelWork work, KernelChoice choice) {
    return RowPieces.of(work.lanes(), choice.vectors());
  }

  /** What a round of a kernel computes for each of its rows or scalars. */
  private static int vectorsOfSum(KernelWork work, KernelChoice choice) {
    if (work.isPooled()) {
      return work.places();
    }
    return work.form() == Form.ROWS ? choice.vectors() : pieces(work, choice).count();
  }

  /** How many vectors of a machine a row of sums takes, the last ones partly empty. */
  static int vectors(KernelWork work, KernelChoice choice, Machine machine) {
    if (work.form() == Form.ROWS) {
      return groups(work.lanes(), machine);
    }
    RowPieces pieces = pieces(work, choice);
    return pieces.count() * groups(pieces.pitch(), machine);
  }

  private static double tile(KernelWork work, KernelChoice choice, int size, Machine machine) {
    if (work.form() == Form.ROWS) {
      int sums = choice.vectors();
      double call = SLOTS_A_CALL + SLOTS_A_ROW * (size + sums - 1);
      double round = roundOfRows(work, sums, size, machine);
      double calls = (double) work.repeats() * work.sums() / sums;
      return calls * (groups(work.lanes(), machine) * round + call);
    }
    int vectors = vectorsOfSum(work, choice);
    int sums = size * vectors;
    double round =
        isAtPlaces(work)
            ? roundAtPlaces(work, vectors, size, machine)
            : roundInRegisters(work, vectors, size, machine);
    int last = sums * STORE + (work.isPooled() ? sums * SLOTS_A_PLACE : 0);
    double group = work.terms() * round + sums + last + SLOTS_A_GROUP;
    return work.repeats() * groups(pieces(work, choice).pitch(), machine) * group;
  }

  private static int groups(int length, Machine machine) {
    return (length + machine.lanes() - 1) / machine.lanes();
  }

  /** Slots of one vector of a tile of rows. */
  private static double roundOfRows(KernelWork work, int sums, int size, Machine machine) {
    int load = Math.max(slotsOfLoad(work), machine.vectorLoad());
    return Math.max(size * sums, size * load + sums * machine.vectorLoad());
  }

  /** Slots of one term of a tile in registers. */
  private static double roundInRegisters(KernelWork work, int vectors, int size, Machine machine) {
    int excess = Math.max(0, registers(vectors, size) - machine.registers());
    int loads = loadsInRegisters(work, vectors, size, machine);
    return Math.max(Math.max(size * vectors, loads), machine.latency()) + excess * (1 + STORE);
  }

  /** A vector a piece, and a float, or another vector, for each sum of a tile. */
  private static int loadsInRegisters(KernelWork work, int vectors, int size, Machine machine) {
    int slow = Math.max(slotsOfLoad(work), machine.vectorLoad());
    return work.form() == Form.PAIRS
        ? size * slow + vectors * machine.vectorLoad()
        : size + vectors * slow;
  }

  private static boolean isAtPlaces(KernelWork work) {
    return work.form() == Form.PLACES || work.form() == Form.TAPS;
  }

  /** Slots of one window of a tile: each sum loads its vectors, and where they are. */
  private static double roundAtPlaces(KernelWork work, int vectors, int size, Machine machine) {
    int excess = Math.max(0, registers(vectors, size) - machine.registers());
    int places = work.form() == Form.TAPS ? 1 : size;
    int loads = size * vectors * machine.vectorLoad() + places * PLACE_AND_ELEMENT;
    return Math.max(loads, machine.latency()) + excess * (1 + STORE);
  }

  private static int slotsOfLoad(KernelWork work) {
    long floats = work.floatsUsedOnce();
    if (floats <= NEAREST_CACHE_FLOATS) {
      return 1;
    }
    return floats <= PRIVATE_CACHE_FLOATS ? FROM_PRIVATE_CACHE : FROM_SHARED_CACHE;
  }

  /** The sums, the factors that are held and the one that is not, and room for C2 to move. */
  private static int registers(int vectors, int size) {
    return size * vectors + Math.min(size, vectors) + 1 + SPARE_REGISTERS;
  }

  private static Limit limit(KernelWork work, int vectors, int size, Machine machine) {
    if (slotsOfLoad(work) > 1) {
      return Limit.MEMORY;
    }
    if (work.form() == Form.ROWS) {
      return Limit.LOADS;
    }
    if (isAtPlaces(work)) {
      return roundAtPlaces(work, vectors, size, machine) > machine.latency()
          ? Limit.LOADS
          : Limit.LATENCY;
    }
    if (registers(vectors, size) > machine.registers()) {
      return Limit.REGISTERS;
    }
    int sums = size * vectors;
    int loads = loadsInRegisters(work, vectors, size, machine);
    if (machine.latency() > Math.max(sums, loads)) {
      return Limit.LATENCY;
    }
    return loads > sums ? Limit.LOADS : Limit.MULTIPLY_ADDS;
  }
}
