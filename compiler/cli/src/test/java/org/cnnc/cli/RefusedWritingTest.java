package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A full disk, a closed pipe, a folder that is read-only: said plainly, and nothing is lost. */
@Timeout(120)
class RefusedWritingTest {
  /** Weights of 73 KB, and a checkpoint of twice that. */
  private static final String MODEL =
      TinyFiles.CONVOLUTION.replace("-> fc(2);", "-> fc(512) -> relu -> fc(2);");

  /** Has its own mounts, one of which is the folder $0, read-only. */
  private static final String READ_ONLY =
      "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"";

  /**
   * Has its own mounts, one of which is the folder $0, on a disk of 320 KB. It begins with the
   * files that are there, and those that are left go to the folder $1: the disk ends with this.
   */
  private static final String SMALL_DISK =
      "left=\"$1\"; shift; mkdir \"$left/before\" && cp \"$0\"/* \"$left/before\""
          + " && mount -t tmpfs -o size=320k cnnc \"$0\" && mv \"$left/before\"/* \"$0\""
          + " && rmdir \"$left/before\" || exit 99; \"$@\"; code=$?; cp -a \"$0\"/. \"$left\"; exit $code";

  private static final String READ_ONLY_SAID = ": Read-only file system\n";

  private static final List<String> OWN_MOUNTS =
      List.of("unshare", "--map-root-user", "--mount", "sh", "-c");

  @TempDir private Path folder;
  private TinyTraining tiny;

  @BeforeEach
  void writeFiles() throws IOException {
    tiny = TinyTraining.in(folder, MODEL);
  }

  /** A limit on the size of files stands for a disk that is full. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // the limit is set by a POSIX shell
  void aCheckpointThatDoesNotFitLeavesTheOneBefore() throws IOException, InterruptedException {
    Path whole = trainedAtOnce(3);
    assertThat(
            Cnnc.train(tiny.model(), tiny.data(), tiny.out(), "--epochs", 3, "--minutes", 1e-9)
                .exitCode())
        .isZero();
    byte[] weightsBefore = Files.readAllBytes(tiny.out());
    byte[] checkpointBefore = Files.readAllBytes(tiny.checkpoint());

    List<String> limited = List.of("sh", "-c", "ulimit -f 160; exec \"$@\"", "sh");
    Process process = start(limited, tiny.out(), "--epochs", "3", "--resume");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(tiny.messages())).isEqualTo(1);
    assertThat(Files.readAllLines(tiny.messages()))
        .last()
        .asString()
        .matches(
            "error: \\Q"
                + tiny.checkpoint()
                + "\\E: [A-Z][a-z ]+; what was saved before is whole, --resume goes on with it");
    assertThat(tiny.messages()).content().doesNotContain("\tat ");
    assertThat(filesThere()).containsExactlyInAnyOrder(tiny.out(), tiny.checkpoint());
    assertThat(tiny.out()).hasBinaryContent(weightsBefore);
    assertThat(tiny.checkpoint()).hasBinaryContent(checkpointBefore);

    assertThat(
            Cnnc.train(tiny.model(), tiny.data(), tiny.out(), "--epochs", 3, "--resume").exitCode())
        .isZero();
    assertThat(tiny.out()).hasSameBinaryContentAs(whole);
  }

  /** A disk that is full: weights, a checkpoint and another one beside it are 365 KB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamedAndTheCheckpointBeforeIsWhole() throws IOException, InterruptedException {
    assertThat(
            Cnnc.train(tiny.model(), tiny.data(), tiny.out(), "--epochs", 3, "--minutes", 1e-9)
                .exitCode())
        .isZero();
    Path left = Files.createDirectory(folder.resolve("left"));
    List<String> small = new ArrayList<>(OWN_MOUNTS);
    small.addAll(List.of(SMALL_DISK, "" + tiny.outFolder(), "" + left));
    assumeTrue(runs(small), "no mounts of one's own here");
    Process process = start(small, tiny.out(), "--epochs", "3", "--resume");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(tiny.messages()))
        .last()
        .isEqualTo(
            "error: "
                + tiny.checkpoint()
                + ": No space left on device; what was saved before is whole, --resume goes on with"
                + " it");
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(tiny.messages()).content().doesNotContain("\tat ");
    try (Stream<Path> files = Files.list(left)) {
      assertThat(files.map(Path::getFileName).toList())
          .containsExactlyInAnyOrder(tiny.out().getFileName(), tiny.checkpoint().getFileName());
    }
    assertThat(left.resolve(tiny.out().getFileName())).hasSameBinaryContentAs(tiny.out());
    assertThat(left.resolve(tiny.checkpoint().getFileName()))
        .hasSameBinaryContentAs(tiny.checkpoint());
  }

  /** The device that is always full. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void resultsThatHaveNoSpaceAreAnError() throws IOException, InterruptedException {
    List<String> command = Cnnc.inItsOwnProcess();
    command.addAll(List.of("summary", tiny.model().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(new File("/dev/full"))
            .redirectError(tiny.messages().toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tiny.messages()).hasContent("error: standard output: No space left on device\n");
    assertThat(process.exitValue()).isEqualTo(1);
  }

  /** As cnnc compiles into a folder, or formats a file of it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsWrittenToAReadOnlyFileSystemIsNamed() throws IOException, InterruptedException {
    Path text = TinyFiles.write(tiny.outFolder().resolve("tiny.net"), MODEL.replace("    ", "\t"));
    String before = Files.readString(text);
    assertThat(readOnly("" + tiny.model(), "--package", "p", "-o", "" + tiny.outFolder()))
        .isEqualTo(
            new Cnnc.Result(1, "", "error: " + tiny.outFolder().resolve("p") + READ_ONLY_SAID));
    assertThat(readOnly("fmt", "" + text))
        .isEqualTo(new Cnnc.Result(1, "", "error: " + text + READ_ONLY_SAID));
    assertThat(text).hasContent(before);
    assertThat(filesThere()).containsExactly(text);
  }

  private Cnnc.Result readOnly(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(OWN_MOUNTS);
    command.addAll(List.of(READ_ONLY, "" + tiny.outFolder()));
    assumeTrue(runs(command), "no mounts of one's own here");
    command.addAll(Cnnc.inItsOwnProcess());
    command.addAll(List.of(words));
    Path results = folder.resolve("results.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(results.toFile())
            .redirectError(tiny.messages().toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Cnnc.Result(
        process.exitValue(), Files.readString(results), Files.readString(tiny.messages()));
  }

  /** As {@code cnnc train ... | head -1} does; without end, had the pipe not been closed. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // it has other messages for pipes
  void aClosedPipeEndsTrainingQuietlyAndNothingIsLost() throws IOException, InterruptedException {
    Process process = start(List.of(), tiny.out(), "--epochs", "1000000");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).startsWith("epoch 1/1000000 ");
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(tiny.messages())).isEqualTo(141);
    assertThat(Files.readAllLines(tiny.messages()))
        .as("what training begins with, and no word of the pipe")
        .singleElement()
        .asString()
        .startsWith("training Tiny on 40 images");
    assertThat(filesThere()).containsExactly(tiny.checkpoint());

    int learnt =
        Integer.parseInt(Safetensors.readMetadata(tiny.checkpoint()).get("checkpoint.epoch"));
    assertThat(learnt).isPositive();
    Path whole = trainedAtOnce(learnt + 1);
    assertThat(
            Cnnc.train(tiny.model(), tiny.data(), tiny.out(), "--epochs", learnt + 1, "--resume")
                .exitCode())
        .isZero();
    assertThat(tiny.out()).hasSameBinaryContentAs(whole);
  }

  /** Said before the training, not after it. Permissions do not hold the superuser back. */
  @Test
  void aFolderWithoutPermissionIsRefused() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assumeTrue(closed.toFile().setWritable(false) && !Files.isWritable(closed));
    assertThat(Cnnc.train(tiny.model(), tiny.data(), closed.resolve("out.safetensors")))
        .isEqualTo(refused(closed, "permission denied"));
  }

  /** The kernel's own folder, in which nobody makes files, and the superuser only seems to may. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderOfTheKernelIsRefused() {
    Path kernel = Path.of("/proc");
    String reason = Files.isWritable(kernel) ? "no file can be made" : "permission denied";
    assertThat(Cnnc.train(tiny.model(), tiny.data(), kernel.resolve("out.safetensors")))
        .isEqualTo(refused(kernel, reason));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReadOnlyFileSystemIsNamed() throws IOException, InterruptedException {
    List<String> mounted = new ArrayList<>(OWN_MOUNTS);
    mounted.addAll(List.of(READ_ONLY, "" + tiny.outFolder()));
    assumeTrue(runs(mounted), "no mounts of one's own here");
    Process process = start(mounted, tiny.out());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tiny.messages())
        .hasContent(refused(tiny.outFolder(), "Read-only file system").err());
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(filesThere()).isEmpty();
  }

  private boolean runs(List<String> mounted) throws InterruptedException {
    List<String> command = new ArrayList<>(mounted);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  private static Cnnc.Result refused(Path where, String reason) {
    String line = "error: " + where + ": " + reason + ", weights cannot be written there\n";
    return new Cnnc.Result(1, "", line);
  }

  private Path trainedAtOnce(int epochs) {
    Path whole = folder.resolve("whole.safetensors");
    assertThat(Cnnc.train(tiny.model(), tiny.data(), whole, "--epochs", epochs).exitCode())
        .isZero();
    return whole;
  }

  private Process start(List<String> around, Path weights, String... more) throws IOException {
    List<String> command = new ArrayList<>(around);
    // -UsePerfData: a file of its own, which the limit would be for, too
    command.addAll(tiny.command(weights, "-XX:-UsePerfData"));
    command.addAll(List.of("--threads", "1"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(tiny.messages().toFile()).start();
  }

  private List<Path> filesThere() throws IOException {
    try (Stream<Path> files = Files.list(tiny.outFolder())) {
      return files.toList();
    }
  }
}
