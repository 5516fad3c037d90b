package org.cnnc.compiler.graph.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.graph.OptimizerSpec;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateRangeTest {
  private static final Span PLACE = new Span(new SourceFile("command line", "--rate"), 0, 6);

  /** What is large for Adam is usual for SGD, and the other way round for small ones. */
  @ParameterizedTest
  @CsvSource({
    "false, 1, ''",
    "false, 1.1, a learning rate of 1.1 looks too large",
    "false, 1e-7, a learning rate of 0.0000001 looks too small",
    "true, 0.1, ''",
    "true, 1, a learning rate of 1 looks too large",
    "true, 1e-7, ''",
    "true, 9e-8, a learning rate of 9E-8 looks too small"
  })
  void eachOptimizerHasItsOwnUsualRates(boolean adam, float rate, String message) {
    OptimizerSpec optimizer =
        adam
            ? new OptimizerSpec.Adam(1f, 0.9f, 0.999f, 1e-8f, 0f)
            : new OptimizerSpec.Sgd(1f, 0f, false, 0f);
    String said =
        OptimizerCatalogue.STANDARD
            .rates(optimizer)
            .check(rate, PLACE)
            .map(warning -> warning.message())
            .orElse("");
    assertThat(said).isEqualTo(message);
  }
}
