package org.cnnc.grammar.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
  private static final List<String> LAYERS = List.of("conv", "relu", "maxpool", "softmax", "fc");

  @ParameterizedTest
  @CsvSource({
    "cnov, conv",
    "covn, conv",
    "con, conv",
    "convv, conv",
    "rely, relu",
    "maxpol, maxpool",
    "sofmtax, softmax",
    "max_pool, maxpool",
    "f, fc"
  })
  void findsWhatWasMeant(String word, String meant) {
    assertThat(DidYouMean.closest(word, LAYERS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"conv", "pooling", "x", "co", "flatten"})
  void isSilentWhereNothingIsNear(String word) {
    assertThat(DidYouMean.closest(word, List.of("conv", "maxpool"))).isEmpty();
  }

  @Test
  void distanceCountsASwapAsOne() {
    assertThat(DidYouMean.distance("abcd", "acbd")).isEqualTo(1);
    assertThat(DidYouMean.distance("", "abc")).isEqualTo(3);
    assertThat(DidYouMean.distance("kitten", "sitting")).isEqualTo(3);
  }
}
