package org.cnnc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.cnnc.compiler.schedule.KernelCost.Limit;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts made by hand, and what follows from them. */
final class CostModelTest {
  private static final Axes AXES = new Axes("channels", "taps", "pixels");

  private static KernelWork registers(int channels) {
    return new KernelWork(
        Form.REGISTERS, AXES, channels, 200, 224, 1, 200L * channels * 196, Copies.NONE, 1);
  }

  private static KernelWork rows(int sums, int terms, int lanes, int images) {
    return new KernelWork(
        Form.ROWS,
        images == 1 ? AXES : Axes.ofImages("outputs", "inputs"),
        sums,
        terms,
        lanes,
        1,
        (long) sums * terms * lanes,
        Copies.NONE,
        images);
  }

  @Test
  void sumsInRegistersAreCounted() {
    KernelCost cost = CostModel.cost(registers(16), KernelChoice.ofSums(8), Machine.REFERENCE);
    // 2 tiles, 28 vectors: 200 rounds of 9 loads; 8 sums begun, 8 stored for 2 each; 40 around it.
    assertThat(cost.slots()).isEqualTo(2.0 * 28 * (200 * 9 + 8 + 16 + 40));
    assertThat(cost.share()).isCloseTo(16 * 200 * 196 / 8.0 / cost.slots(), within(1e-12));
    assertThat(cost.limit()).isEqualTo(Limit.LOADS);
    assertThat(cost.largeTiles()).isEqualTo(2);
    assertThat(cost.smallTiles()).isZero();
  }

  @Test
  void rowsAreCounted() {
    KernelCost cost =
        CostModel.cost(rows(16, 27, 64, 1), KernelChoice.ofSums(8), Machine.REFERENCE);
    // 27 rows as 3 x 7 + 6, for each of 16 sums: 8 vectors, a load a row and of the sum; the call.
    double large = 16 * (8 * (7 + 1) + 20 + 7);
    double small = 16 * (8 * (6 + 1) + 20 + 6);
    assertThat(cost.slots()).isEqualTo(3 * large + small);
  }

  @Test
  void copiesAreCounted() {
    KernelWork plain = registers(8);
    KernelWork copying =
        new KernelWork(
            Form.REGISTERS, AXES, 8, 200, 224, 1, plain.multiplyAdds(), new Copies(800, 10), 1);
    KernelChoice choice = KernelChoice.ofSums(8);
    assertThat(CostModel.cost(copying, choice, Machine.REFERENCE).slots())
        .isEqualTo(CostModel.cost(plain, choice, Machine.REFERENCE).slots() + 100 * 2 + 10 * 4);
  }

  @Test
  void fewSumsWaitAndManySpill() {
    KernelWork work = registers(64);
    assertThat(CostModel.cost(work, KernelChoice.ofSums(4), Machine.REFERENCE).limit())
        .isEqualTo(Limit.LATENCY);
    assertThat(CostModel.cost(work, KernelChoice.ofSums(16), Machine.REFERENCE).limit())
        .isEqualTo(Limit.REGISTERS);
    assertThat(CostModel.cost(work, KernelChoice.ofSums(16), Machine.withLanes(16)).limit())
        .isEqualTo(Limit.LOADS); // twice the registers
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4, 2",
    "8, 4, 2",
    "16, 4, 2",
    "32, 4, 2",
    "64, 4, 2", // half the loads, no sum waits
    "1, 1, 2",
    "3, 3, 2",
    "13, 5, 2", // else too few sums would wait
    "7, 7, 1",
    "9, 9, 1",
    "10, 10, 1" // one tile instead of two or three
  })
  void channelsAreSharedOutWell(int channels, int sums, int vectors) {
    assertThat(CostModel.best(registers(channels))).isEqualTo(new KernelChoice(sums, vectors));
  }

  @Test
  void rowsOfThreeVectorsAreNotCutInTwo() {
    KernelWork work =
        new KernelWork(Form.REGISTERS, AXES, 16, 196, 40, 5, 16L * 196 * 200, Copies.NONE, 1);
    assertThat(CostModel.best(work)).isEqualTo(KernelChoice.ofSums(8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 11, 17, 31, 100, 255, 1000})
  void theChoiceFitsIntoTheRegistersAndIsACandidate(int channels) {
    KernelChoice best = CostModel.best(registers(channels));
    assertThat(best.isPossible()).isTrue();
    assertThat(best.sums() * best.vectors() + best.vectors() + 1)
        .isLessThanOrEqualTo(Machine.REFERENCE.registers());
    assertThat(CostModel.candidates(registers(channels))).contains(best);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 4", "7, 7", "8, 8", "32, 8", "128, 8", "10, 5", "12, 6"})
  void imagesLeaveNoneOver(int batch, int expected) {
    assertThat(CostModel.best(rows(64, batch, 784, batch)))
        .isEqualTo(KernelChoice.ofSums(expected));
  }

  @Test
  void noMoreRowsThanC2Vectorises() {
    for (int terms = 1; terms < 300; terms++) {
      assertThat(CostModel.candidates(rows(16, terms, 200, 1)))
          .allMatch(choice -> choice.sums() <= 8 && choice.vectors() == 1);
    }
  }

  @Test
  void candidatesAreDifferentAndTheFastestIsFirst() {
    assertThat(CostModel.candidates(registers(16)))
        .startsWith(new KernelChoice(4, 2), KernelChoice.ofSums(8))
        .extracting(choice -> registers(16).tiles(choice.sums()) + " " + choice.vectors())
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(5);
  }

  @Test
  void weightsThatAreUsedOnceComeFromFurtherAway() {
    KernelChoice choice = KernelChoice.ofSums(8);
    KernelCost near = CostModel.cost(rows(1, 64, 64, 1), choice, Machine.REFERENCE);
    KernelCost far = CostModel.cost(rows(1, 784, 64, 1), choice, Machine.REFERENCE);
    KernelCost farther = CostModel.cost(rows(1, 4096, 100, 1), choice, Machine.REFERENCE);
    assertThat(near.limit()).isEqualTo(Limit.LOADS);
    assertThat(far.limit()).isEqualTo(Limit.MEMORY);
    assertThat(far.share()).isLessThan(near.share());
    assertThat(farther.share()).isLessThan(far.share() / 2);
  }

  @Test
  void imagesThatShareWhatIsLoadedAreAddedToAtOnce() {
    for (int images = 1; images <= 9; images++) {
      int atOnce = Math.min(4, images);
      KernelWork work =
          new KernelWork(
              Form.ROWS,
              Axes.overImages("outputs", "inputs"),
              images,
              64,
              2048,
              1,
              64L * 2048 * images,
              Copies.NONE,
              images);
      KernelChoice choice = CostModel.best(work, 4);
      assertThat(choice.vectors()).as("%d images", images).isEqualTo(atOnce);
      assertThat(choice.sums() * atOnce).isLessThanOrEqualTo(KernelChoice.MOST_SUMS);
    }
  }

  @Test
  void aToldTileIsForAsManyImagesAtOnceAsItWasFoundWith() {
    for (int images : new int[] {1, 4}) {
      Axes axes = Axes.overImages("inputs", "outputs");
      KernelWork lanes =
          new KernelWork(Form.CHANNELS, axes, images, 99, 64, 1, 1, Copies.NONE, images);
      assertThat(lanes.accepts(new KernelChoice(1, 3))).isEqualTo(images == 1);
      assertThat(lanes.accepts(new KernelChoice(4, 2))).isEqualTo(images == 4);
      KernelWork rows = new KernelWork(Form.ROWS, axes, images, 99, 64, 1, 1, Copies.NONE, images);
      assertThat(rows.accepts(new KernelChoice(5, 1))).isEqualTo(images == 1);
      assertThat(rows.accepts(new KernelChoice(3, 4))).isEqualTo(images == 4);
      Axes sums = new Axes("outputs", "inputs", "partial sums");
      KernelWork pairs =
          new KernelWork(Form.PAIRS, sums, 64, 99, 16 * images, 1, 1, Copies.NONE, images);
      assertThat(pairs.accepts(new KernelChoice(8, 1))).isEqualTo(images == 1);
      assertThat(pairs.accepts(new KernelChoice(2, 4))).isEqualTo(images == 4);
    }
    assertThat(registers(16).accepts(KernelChoice.ofSums(3))).isTrue();
  }
}
