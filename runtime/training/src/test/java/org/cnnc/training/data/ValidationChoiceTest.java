package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationChoiceTest {
  private static final Path FOLDER = Path.of("project").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(strings = {"0.2", ".5", "last:2000", "last:many"})
  void partsOfTheDataAreTheSameFromAnyFolder(String text) {
    ValidationChoice choice = new ValidationChoice(text);
    assertThat(choice.path()).isEmpty();
    assertThat(choice.from(FOLDER)).isEqualTo(choice);
  }

  @Test
  void otherDataAreLookedForInTheFolder() {
    ValidationChoice choice = new ValidationChoice("data/held-out");
    assertThat(choice.path()).contains(Path.of("data", "held-out"));
    assertThat(choice.from(FOLDER).path()).contains(FOLDER.resolve("data").resolve("held-out"));
    assertThat(choice.from(FOLDER).from(FOLDER.resolve("elsewhere")))
        .isEqualTo(choice.from(FOLDER)); // absolute by now
  }
}
