package org.cnnc.compiler.emit.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;

class LabelNamesTest {
  @Test
  void labelsBecomeConstants() {
    assertThat(LabelNames.of(List.of("house", "traffic light", "T-shirt/top")))
        .containsExactly("HOUSE", "TRAFFIC_LIGHT", "T_SHIRT_TOP");
  }

  @Test
  void digitsGetAnUnderscore() {
    assertThat(LabelNames.of(List.of("0", "9 lives"))).containsExactly("_0", "_9_LIVES");
  }

  @Test
  void collisionsAreNumbered() {
    assertThat(LabelNames.of(List.of("a b", "a-b", "A_B_2", "A b")))
        .containsExactly("A_B", "A_B_2", "A_B_2_2", "A_B_3");
  }

  @Test
  void anyTextGivesALegalName() {
    List<String> names =
        LabelNames.of(List.of("", "?", "class", "\u623f\u5b50", "h\u00e4user", "\ud83c\udf33"));
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> SourceVersion.isName(name));
    assertThat(names).contains("CLASS", "\u623f\u5b50", "H\u00c4USER");
  }
}
