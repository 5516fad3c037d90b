package org.cnnc.grammar.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayTextTest {
  @Test
  void tabsReachToTheNextMultipleOfFour() {
    assertThat(DisplayText.expand("\ta\tbcd\te")).isEqualTo("    a   bcd e");
    assertThat(DisplayText.cells("\ta\tb", 3)).isEqualTo(8);
  }

  @Test
  void eastAsianCharactersTakeTwoCellsAndMarksNone() {
    assertThat(DisplayText.cells("日本", 2)).isEqualTo(4);
    assertThat(DisplayText.cells("😀x", 3)).isEqualTo(3);
    assertThat(DisplayText.cells("e\u0301x", 3)).isEqualTo(2);
    assertThat(DisplayText.cells("日\tx", 2)).isEqualTo(4);
  }

  @Test
  void charactersThatSteerTheTerminalAreReplaced() {
    assertThat(DisplayText.expand("a\u001B[31m\u202Eb\u0000"))
        .isEqualTo("a\uFFFD[31m\uFFFDb\uFFFD");
  }
}
