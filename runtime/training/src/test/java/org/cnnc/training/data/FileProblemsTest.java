package org.cnnc.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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

  /** Java's own message is the path alone, or has none of it. */
  @Test
  void whatSystemsRefuseIsSaidInWords() {
    assertThat(FileProblems.describe(new AccessDeniedException("/data/w")))
        .isEqualTo("/data/w: permission denied");
    assertThat(FileProblems.describe(new FileAlreadyExistsException("/data/w")))
        .isEqualTo("/data/w: is no folder");
    assertThat(
            FileProblems.describe(
                new FileSystemException("/data/w", null, "Read-only file system")))
        .isEqualTo("/data/w: Read-only file system");
    assertThat(FileProblems.describe(new EOFException())).isEqualTo("java.io.EOFException");
  }
}
