package org.cnnc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cnnc.compiler.loop.ValueType;
import org.junit.jupiter.api.Test;

class RowSpansTest {
  @Test
  void stretchesCoverTheRowAndNothingElse() {
    for (int length = ValueType.MAX_LANES; length <= 400; length++) {
      assertThat(RowSpans.fit(length)).isTrue();
      for (int most = 1; most <= KernelChoice.MOST_VECTORS; most++) {
        List<RowSpans> all = RowSpans.of(length, most);
        int covered = 0;
        for (RowSpans spans : all) {
          assertThat(spans.start()).as("%d floats: %s", length, all).isBetween(0, covered);
          assertThat(spans.pieces().count()).isBetween(1, most);
          assertThat(spans.pieces().pitch()).isEqualTo(ValueType.MAX_LANES);
          covered = spans.start() + spans.count() * spans.pieces().room();
        }
        assertThat(covered).as("%d floats: %s", length, all).isEqualTo(length);
      }
    }
  }

  @Test
  void whatVectorsDivideIsComputedOnce() {
    assertThat(RowSpans.of(2048, 2))
        .containsExactly(new RowSpans(0, 64, new RowPieces(2, ValueType.MAX_LANES)));
  }

  @Test
  void aRowThatIsShorterThanTheWidestVectorDoesNotFit() {
    assertThat(RowSpans.fit(ValueType.MAX_LANES - 1)).isFalse();
  }
}
