package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.junit.jupiter.api.Test;

class ExplainErrorCommandTest {
  @Test
  void everyCodeIsExplained() {
    for (DiagnosticCode code : DiagnosticCode.values()) {
      Cnnc.Result result = Cnnc.run("explain-error", code.id());
      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).isEmpty();
      assertThat(result.out())
          .startsWith("## " + code.id() + " ")
          .contains("[" + code.id() + "]", "\nFix: ", "```net\n", "\nnetwork ")
          .doesNotContain("\n## ");
    }
    assertThat(Cnnc.run("explain-error", "cnn021")).isEqualTo(Cnnc.run("explain-error", "CNN021"));
  }

  @Test
  void unknownCodesAreWrongUsage() {
    Cnnc.Result result = Cnnc.run("explain-error", "CNN21");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("error: no code \"CNN21\"; did you mean \"CNN021\"?\n");
    assertThat(Cnnc.run("explain-error", "E0308").err()).startsWith("error: no code \"E0308\"\n");
  }
}
