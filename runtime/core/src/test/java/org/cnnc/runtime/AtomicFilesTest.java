package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  private static final byte[] OLD = {1};

  /** Larger than {@code ulimit -f 1} allows: 512 bytes, or 1,024 in some shells. */
  private static final byte[] LARGE = new byte[3000];

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeOld() throws IOException {
    file = Files.write(folder.resolve("w.bin"), OLD);
  }

  /** Writes a large file, and prints why it cannot. */
  public static void main(String... arguments) {
    try {
      AtomicFiles.write(Path.of(arguments[0]), LARGE);
    } catch (IOException e) {
      System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  @Test
  void theNewContentReplacesTheOld() throws IOException {
    AtomicFiles.write(file, LARGE);
    assertThat(file).hasBinaryContent(LARGE);
    assertThat(folder).isDirectoryContaining(entry -> entry.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFullDiskIsToldOfTheFileAndChangesNothing() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 1; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                AtomicFilesTest.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).isEqualTo("FileSystemException: " + file + ": File too large\n");
    assertThat(file).hasBinaryContent(OLD);
    assertThat(folder.toFile().list()).containsExactly("w.bin");
  }

  @Test
  void aMissingFolderIsNamed() {
    Path missing = folder.resolve("none");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> AtomicFiles.write(missing.resolve("w.bin"), LARGE))
        .withMessage(missing.toString());
  }

  @Test
  void aFolderInItsPlaceIsNamed() throws IOException {
    Path there = Files.createDirectories(folder.resolve("taken").resolve("inner"));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> AtomicFiles.write(there.getParent(), LARGE))
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(there.getParent().toString()));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("taken", "w.bin");
  }

  /** One that is written at this moment is not touched, nor are those of other files. */
  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    Path old = left(".w.bin.12ab.cnnc-part", 2);
    Path recent = left(".w.bin.34cd.cnnc-part", 0);
    Path other = left(".v.bin.12ab.cnnc-part", 2);
    Path users = left(".w.bin.swp", 2);
    AtomicFiles.write(file, LARGE);
    assertThat(old).doesNotExist();
    assertThat(List.of(recent, other, users)).allMatch(Files::exists);
  }

  private Path left(String name, int hours) throws IOException {
    Path part = Files.write(folder.resolve(name), OLD);
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(hours, ChronoUnit.HOURS)));
    return part;
  }
}
