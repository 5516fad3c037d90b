package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
  /** The published test vector of the reference implementation in C for the state 1, 2, 3, 4. */
  @Test
  void stepsAsTheReferenceImplementationDoes() {
    RandomSource random = RandomSource.restore(new long[] {1, 2, 3, 4});
    assertThat(IntStream.range(0, 6).mapToLong(i -> random.nextLong()).toArray())
        .containsExactly(
            11520L,
            0L,
            1509978240L,
            1215971899390074240L,
            1216172134540287360L,
            607988272756665600L);
  }

  /** Known results of SplitMix64 for the seed 1234567. */
  @Test
  void stateComesFromSplitMix() {
    assertThat(RandomSource.of(1234567).state())
        .containsExactly(
            6457827717110365317L,
            3203168211198807973L,
            -8629252141511181193L,
            4593380528125082431L);
  }

  /** The JDK's SplittableRandom is SplitMix64 too. */
  @Test
  void stateOfAnySeedComesFromSplitMix() {
    for (long seed = -1000; seed < 1000; seed++) {
      SplittableRandom oracle = new SplittableRandom(seed * 0x123456789abcdefL);
      long[] expected = {
        oracle.nextLong(), oracle.nextLong(), oracle.nextLong(), oracle.nextLong()
      };
      assertThat(RandomSource.of(seed * 0x123456789abcdefL).state()).containsExactly(expected);
    }
  }

  @Test
  void restoredSourceGoesOn() {
    RandomSource random = RandomSource.of(7);
    random.nextLong();
    RandomSource restored = RandomSource.restore(random.state());
    for (int i = 0; i < 100; i++) {
      assertThat(restored.nextLong()).isEqualTo(random.nextLong());
    }
  }

  @Test
  void allZeroStateIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> RandomSource.restore(new long[4]));
  }

  @Test
  void floatsAreUniformAndBelowOne() {
    RandomSource random = RandomSource.of(3);
    int[] counts = new int[16];
    for (int i = 0; i < 160_000; i++) {
      float x = random.nextFloat();
      assertThat(x).isBetween(0f, Math.nextDown(1f));
      counts[(int) (x * 16)]++;
    }
    // 10,000 expected in each; five standard deviations are 485.
    assertThat(Arrays.stream(counts)).allMatch(count -> 9515 <= count && count <= 10485);
  }

  @Test
  void boundedNumbersAreUniform() {
    RandomSource random = RandomSource.of(4);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[random.nextInt(7)]++;
    }
    assertThat(Arrays.stream(counts)).allMatch(count -> 9535 <= count && count <= 10465);
  }

  @Test
  void shuffleIsAPermutationThatDependsOnTheSeed() {
    int[] first = IntStream.range(0, 100).toArray();
    int[] second = first.clone();
    RandomSource.of(1).shuffle(first);
    RandomSource.of(2).shuffle(second);
    assertThat(first).isNotEqualTo(second);
    Arrays.sort(first);
    assertThat(first).containsExactly(IntStream.range(0, 100).toArray());
  }

  @Test
  void namedSourcesDifferByNameAndSeed() {
    assertThat(
            IntStream.range(0, 4)
                .mapToLong(i -> RandomSource.of(i / 2, i % 2 == 0 ? "a" : "b").nextLong())
                .distinct()
                .count())
        .isEqualTo(4);
  }
}
