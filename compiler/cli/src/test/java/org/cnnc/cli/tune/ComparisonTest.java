package org.cnnc.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.schedule.Kernel;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.LaneChoice;
import org.junit.jupiter.api.Test;

/** What is kept of times that a stopwatch made up. */
final class ComparisonTest {
  private static final KernelChoice USUAL = KernelChoice.ofSums(8);
  private static final KernelChoice SIX = KernelChoice.ofSums(6);
  private static final KernelChoice FOUR = KernelChoice.ofSums(4);

  private static final List<Map<String, KernelChoice>> VARIANTS =
      List.of(Map.of("conv1", USUAL), Map.of("conv1", SIX), Map.of("conv1", FOUR));

  /** Seconds of a variant in a turn. */
  private interface Stopwatch {
    double seconds(int variant, int turn);
  }

  private static Comparison measured(int turns, Stopwatch stopwatch) {
    Comparison comparison = new Comparison(VARIANTS);
    for (int t = 0; t < turns; t++) {
      int turn = t;
      comparison.turn(variant -> Map.of("conv1", stopwatch.seconds(variant, turn)));
    }
    return comparison;
  }

  @Test
  void theFastestIsKept() {
    double[] seconds = {10, 9, 8};
    Comparison comparison = measured(9, (variant, turn) -> seconds[variant]);
    assertThat(comparison.found("conv1")).contains(new Comparison.Found("conv1", FOUR, 10, 8));
  }

  @Test
  void aLittleFasterIsNotEnough() {
    double[] seconds = {10, 9.6, 9.7};
    assertThat(measured(50, (variant, turn) -> seconds[variant]).found("conv1")).isEmpty();
  }

  @Test
  void fasterNowAndThenIsNotEnough() {
    // By the median 40 % faster, but in three turns of ten slower.
    Comparison comparison =
        measured(20, (variant, turn) -> variant == 0 ? 10 : turn % 10 < 3 ? 11 : 6);
    assertThat(comparison.found("conv1")).isEmpty();
  }

  @Test
  void whatDisturbsEveryVariantOfATurnChangesNothing() {
    double[] seconds = {10, 8, 12};
    Comparison comparison =
        measured(21, (variant, turn) -> seconds[variant] * (turn % 3 == 0 ? 5 : 1));
    assertThat(comparison.found("conv1").orElseThrow().choice()).isEqualTo(SIX);
  }

  @Test
  void oneTurnThatWasDisturbedChangesNothing() {
    Comparison comparison =
        measured(11, (variant, turn) -> variant == 0 ? 10 : variant == 1 && turn == 4 ? 90 : 7);
    assertThat(comparison.found("conv1")).isPresent();
    assertThat(comparison.usualSeconds("conv1")).isEqualTo(10);
  }

  @Test
  void fewTurnsSayNothing() {
    Stopwatch stopwatch = (variant, turn) -> variant == 0 ? 10 : 1;
    assertThat(measured(Comparison.FEWEST_TURNS - 1, stopwatch).found("conv1")).isEmpty();
    assertThat(measured(Comparison.FEWEST_TURNS, stopwatch).found("conv1")).isPresent();
  }

  @Test
  void variantsTakeTheLeadInTurns() {
    StringBuilder order = new StringBuilder();
    Comparison comparison = new Comparison(VARIANTS);
    for (int turn = 0; turn < 3; turn++) {
      comparison.turn(
          variant -> {
            order.append(variant);
            return Map.of("conv1", 1.0);
          });
    }
    assertThat(order).hasToString("012210012");
  }

  @Test
  void eachVariantTriesAnotherCandidateForEveryOperation() {
    Axes axes = new Axes("channels", "taps", "pixels");
    KernelWork large =
        new KernelWork(Form.REGISTERS, axes, 64, 72, 256, 1, 64L * 72 * 256, Copies.NONE, 1);
    KernelWork single = new KernelWork(Form.REGISTERS, axes, 1, 9, 16, 1, 9L * 16, Copies.NONE, 1);
    Map<String, Kernel> kernels = new HashMap<>();
    kernels.put("conv1", new Kernel(large, new KernelChoice(4, 2)));
    kernels.put("conv2", new Kernel(single, KernelChoice.ofSums(1)));
    List<Map<String, KernelChoice>> variants = Variants.of(kernels, Map.of());
    assertThat(variants).hasSizeBetween(3, 6);
    assertThat(variants.get(0)).containsEntry("conv1", new KernelChoice(4, 2));
    assertThat(variants).extracting(variant -> variant.get("conv1")).doesNotHaveDuplicates();
    assertThat(variants) // there is no other tile for one sum
        .allSatisfy(variant -> assertThat(variant).containsEntry("conv2", KernelChoice.ofSums(1)));
  }

  /** Of what can be made with either lanes, and is no other operation with the others. */
  @Test
  void otherLanesAreTriedFirst() {
    Axes axes = new Axes("channels", "taps", "pixels");
    KernelWork pixels =
        new KernelWork(Form.REGISTERS, axes, 64, 72, 256, 1, 64L * 72 * 256, Copies.NONE, 1);
    KernelWork channels =
        new KernelWork(Form.CHANNELS, axes, 256, 72, 64, 1, 64L * 72 * 256, Copies.NONE, 1);
    KernelWork pooled =
        new KernelWork(Form.REGISTERS, axes, 64, 72, 256, 1, 64L * 72 * 256, Copies.NONE, 1, 2);
    Map<String, Kernel> usual = new HashMap<>();
    usual.put("conv1", new Kernel(pixels, new KernelChoice(4, 2)));
    usual.put("conv2", new Kernel(channels, new KernelChoice(4, 2)));
    usual.put("conv3", new Kernel(pixels, new KernelChoice(4, 2)));
    usual.put("conv4", new Kernel(channels, new KernelChoice(4, 2)));
    assertThat(Variants.withOtherLanes(usual))
        .containsEntry("conv1", new KernelChoice(4, 2, LaneChoice.CHANNELS))
        .containsEntry("conv2", new KernelChoice(4, 2, LaneChoice.PIXELS));
    Map<String, Kernel> others = new HashMap<>();
    others.put("conv1", new Kernel(channels, new KernelChoice(4, 2)));
    others.put("conv2", new Kernel(pixels, new KernelChoice(4, 2)));
    others.put("conv3", new Kernel(pixels, new KernelChoice(4, 2))); // pixels alone are possible
    others.put("conv4", new Kernel(pooled, KernelChoice.ofSums(4))); // would have its pool
    List<Map<String, KernelChoice>> variants = Variants.of(usual, others);
    assertThat(variants.get(0).values()).containsOnly(new KernelChoice(4, 2));
    assertThat(variants.get(1).get("conv1").lanes()).isEqualTo(LaneChoice.CHANNELS);
    assertThat(variants.get(1).get("conv2").lanes()).isEqualTo(LaneChoice.PIXELS);
    assertThat(variants)
        .allSatisfy(
            variant ->
                assertThat(List.of(variant.get("conv3"), variant.get("conv4")))
                    .extracting(KernelChoice::lanes)
                    .containsOnly(LaneChoice.BY_COST));
    assertThat(variants.subList(2, variants.size()))
        .extracting(variant -> variant.get("conv1").lanes())
        .containsOnly(LaneChoice.BY_COST);
  }
}
