package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationTest {
  @Test
  void firstOfEqualScoresWins() {
    assertThat(Classification.of(new float[] {0.2f, 0.4f, 0.4f}))
        .isEqualTo(new Classification(1, 0.4f));
  }

  @Test
  void whatIsNotANumberComesLast() {
    float[] scores = {Float.NaN, -1, Float.NaN, Float.NEGATIVE_INFINITY, 3};
    assertThat(Classification.best(scores)).isEqualTo(4);
    assertThat(Classification.top(scores, 5)).containsExactly(4, 1, 3, 0, 2);
    assertThat(Classification.best(new float[] {Float.NaN, Float.NaN})).isZero();
  }

  /** The oracle is the JDK's stable sort, which leaves equal ones in their order. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 12, 40})
  void topIsTheBeginningOfTheSortedClasses(int count) {
    RandomSource random = RandomSource.of(5);
    for (int round = 0; round < 200; round++) {
      float[] scores = new float[1 + random.nextInt(12)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(6);
      }
      int[] sorted =
          IntStream.range(0, scores.length)
              .boxed()
              .sorted(Comparator.comparing(i -> -scores[i]))
              .mapToInt(i -> i)
              .toArray();
      assertThat(Classification.top(scores, count))
          .as(Arrays.toString(scores))
          .isEqualTo(Arrays.copyOf(sorted, Math.min(count, sorted.length)));
    }
  }

  @Test
  void fewerThanNoneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Classification.top(new float[3], -1))
        .withMessage("the best -1 classes");
  }
}
