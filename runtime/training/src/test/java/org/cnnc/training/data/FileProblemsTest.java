package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileProblemsTest {
  @Test
  void theFailureOfAFileIsFoundBehindThoseOfWorkers() {
    IOException file = new NoSuchFileException("/data/a.png");
    Throwable handedOn =
        new IllegalStateException("images cannot be read", new UncheckedIOException(file));
    assertThat(FileProblems.behind(handedOn)).containsSame(file);
    assertThat(FileProblems.behind(new UncheckedIOException(file))).containsSame(file);
    assertThat(FileProblems.describe(file)).isEqualTo("/data/a.png: no such file or folder");
    assertThat(FileProblems.behind(new IllegalStateException("a bug", new ArithmeticException())))
        .isEmpty();
  }
}
