package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  /** The label tells the image. */
  private static Dataset numbered(int size) {
    return MemoryDataset.ofFloats("d", new float[size], IntStream.range(0, size).toArray());
  }

  private static int[] labels(Dataset data) {
    int[] labels = new int[data.size()];
    Arrays.setAll(labels, data::label);
    return labels;
  }

  @Test
  void lastImagesValidate() {
    Split split = Split.last(numbered(5), 2);
    assertThat(labels(split.training())).containsExactly(0, 1, 2);
    assertThat(labels(split.validation().orElseThrow())).containsExactly(3, 4);
    assertThat(split.training().description()).isEqualTo("d, first 3");
  }

  @Test
  void fractionIsRandomBySeedAndCoversAll() {
    Split split = Split.fraction(numbered(100), 0.2, 1);
    int[] validation = labels(split.validation().orElseThrow());
    assertThat(validation).hasSize(20).isSorted();
    assertThat(labels(split.training())).hasSize(80).isSorted().doesNotContain(validation);
    assertThat(labels(Split.fraction(numbered(100), 0.2, 1).training()))
        .isEqualTo(labels(split.training()));
    assertThat(labels(Split.fraction(numbered(100), 0.2, 2).training()))
        .isNotEqualTo(labels(split.training()));
  }

  @Test
  void emptyPartsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Split.last(numbered(5), 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.fraction(numbered(5), 0.01, 1))
        .withMessage("validation needs 1 to 4 of the images, not 0");
  }
}
