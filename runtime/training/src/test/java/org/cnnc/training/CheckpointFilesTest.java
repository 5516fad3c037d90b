package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFilesTest {
  @TempDir private Path folder;
  private Path newest;

  @BeforeEach
  void name() {
    newest = folder.resolve("w.checkpoint.safetensors");
  }

  private void save(int kept, int... numbers) throws IOException {
    for (int number : numbers) {
      Map<String, String> metadata = Map.of("number", Integer.toString(number));
      new CheckpointFiles(newest, kept).save(new Safetensors("", metadata, Map.of()));
    }
  }

  private String number(String name) throws IOException {
    return Safetensors.readMetadata(folder.resolve(name)).get("number");
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void oneIsKept() throws IOException {
    save(1, 1, 2, 3);
    assertThat(number("w.checkpoint.safetensors")).isEqualTo("3");
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void theLastOnesAreKeptInOrder() throws IOException {
    save(3, 1);
    assertThat(files()).isEqualTo(1);
    save(3, 2, 3, 4, 5);
    assertThat(number("w.checkpoint.safetensors")).isEqualTo("5");
    assertThat(number("w.checkpoint-1.safetensors")).isEqualTo("4");
    assertThat(number("w.checkpoint-2.safetensors")).isEqualTo("3");
    assertThat(files()).isEqualTo(3);
  }

  @Test
  void fewerAreKeptFromNowOn() throws IOException {
    save(4, 1, 2, 3, 4);
    save(2, 5);
    assertThat(number("w.checkpoint.safetensors")).isEqualTo("5");
    assertThat(number("w.checkpoint-1.safetensors")).isEqualTo("4");
    assertThat(files()).isEqualTo(2);
  }

  /** As if the process had been killed between two names. */
  @Test
  void aMissingOneIsNoProblem() throws IOException {
    save(3, 1, 2, 3);
    Files.delete(folder.resolve("w.checkpoint-1.safetensors"));
    save(3, 4);
    assertThat(number("w.checkpoint.safetensors")).isEqualTo("4");
    assertThat(number("w.checkpoint-1.safetensors")).isEqualTo("3");
  }

  @Test
  void anOlderOneBecomesTheNewest() throws IOException {
    save(5, 1, 2, 3, 4, 5);
    new CheckpointFiles(newest, 5).replaceNewest(2);
    assertThat(number("w.checkpoint.safetensors")).isEqualTo("3");
    assertThat(number("w.checkpoint-1.safetensors")).isEqualTo("2");
    assertThat(number("w.checkpoint-2.safetensors")).isEqualTo("1");
    assertThat(files()).isEqualTo(3);

    new CheckpointFiles(newest, 5).replaceNewest(2);
    assertThat(number("w.checkpoint.safetensors")).isEqualTo("1");
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void allAreRemoved() throws IOException {
    save(3, 1, 2, 3);
    new CheckpointFiles(newest, 1).remove();
    assertThat(files()).isZero();
  }

  @Test
  void aNameWithoutEndingGetsItsNumberBehind() {
    assertThat(new CheckpointFiles(Path.of("state"), 2).older(1)).isEqualTo(Path.of("state-1"));
  }

  @Test
  void atLeastOneIsKept() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CheckpointFiles(newest, 0))
        .withMessage("0 checkpoints");
  }
}
