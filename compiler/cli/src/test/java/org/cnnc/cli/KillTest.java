package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of training and of writing, to processes of their own: the run
 * is resumed after each, and ends with the bytes of one that nobody disturbed.
 *
 * <p>Ten kills; 200 with {@code mvn -Pthorough verify}, any number with {@code -Dcnnc.kills=N}.
 * {@code -Dcnnc.killSeed=S} draws the same moments again, as far as the clock allows.
 */
@DisabledOnOs(OS.WINDOWS) // it has no kill -9, which is what is promised
class KillTest {
  private static final int KILLS =
      Integer.getInteger("cnnc.kills", Boolean.getBoolean("cnnc.thorough") ? 200 : 10);

  /** Steps are few microseconds, their checkpoints milliseconds: some seconds altogether. */
  private static final int EPOCHS = 400;

  /** So many kills cannot all miss a moment of writing. */
  private static final int MANY = 100;

  private static final String PART = "*.cnnc-part";

  /** Files of 200 KB: long enough to be caught while they are written. */
  private static final String MODEL =
      TinyFiles.CONVOLUTION.replace("-> fc(2);", "-> fc(512) -> relu -> fc(2);");

  private final long seed = Long.getLong("cnnc.killSeed", System.nanoTime());
  private final RandomSource random = RandomSource.of(seed);

  @TempDir private Path folder;
  private TinyTraining tiny;
  private int kills;
  private int killsInWriting;
  private int weightsFound;
  private int starts;
  private long stepsBefore;

  @BeforeEach
  void writeFiles() throws IOException {
    tiny = TinyTraining.in(folder, MODEL);
  }

  @Test
  @Timeout(1800)
  void killedRunsLoseNothing() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole.safetensors");
    assertThat(train(whole).exitCode()).isZero();
    int runs = 1;
    while (kills < KILLS) {
      if (startAndKill()) {
        assertThat(tiny.out()).as("seed " + seed).hasSameBinaryContentAs(whole);
        clear("*");
        stepsBefore = 0;
        runs++;
      }
    }
    assertThat(
            Files.exists(tiny.checkpoint())
                ? train(tiny.out(), "--resume").exitCode()
                : train(tiny.out()).exitCode())
        .isZero();
    assertThat(tiny.out()).as("seed " + seed).hasSameBinaryContentAs(whole);
    System.out.printf(
        "%d kills in %d starts of %d runs, %d while a file was being written, weights there after"
            + " %d (seed %d)%n",
        kills, starts, runs, killsInWriting, weightsFound, seed);
    if (KILLS >= MANY) { // a few may all miss it, on a disk that is fast
      assertThat(killsInWriting).as("seed " + seed).isPositive();
    }
  }

  private Cnnc.Result train(Path weights, Object... more) {
    List<Object> settings = new ArrayList<>(settings());
    settings.addAll(List.of(more));
    return Cnnc.train(tiny.model(), tiny.data(), weights, settings.toArray());
  }

  private static List<String> settings() {
    return List.of("--epochs", "" + EPOCHS, "--validation", "0.2", "--threads", "1");
  }

  /** Returns whether the run came to its end before it was killed. */
  private boolean startAndKill() throws IOException, InterruptedException {
    int kind = random.nextInt(4);
    boolean briefly = kind == 3;
    Process process = start(briefly ? List.of("--minutes", "0.002") : List.of());
    starts++;
    try {
      waitForMoment(kind, process);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    if (process.exitValue() == 0) { // it was faster
      return steps() > 0 && !Files.readString(tiny.messages()).contains("To go on:");
    }
    assertThat(process.exitValue()).as(Files.readString(tiny.messages())).isEqualTo(128 + 9);
    kills++;
    checkFiles();
    return false;
  }

  private Process start(List<String> more) throws IOException {
    List<String> command = tiny.command(tiny.out());
    command.addAll(settings());
    command.addAll(List.of("--checkpoint-minutes", "1e-9")); // after each step
    command.addAll(List.of("--keep", Integer.toString(1 + random.nextInt(3))));
    command.addAll(more);
    if (Files.exists(tiny.checkpoint())) {
      command.add("--resume");
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(tiny.messages().toFile())
        .start();
  }

  private void waitForMoment(int kind, Process process) throws IOException {
    if (kind == 0) { // any time, the start of the VM among it
      pause(random.nextInt(1_200_000), process);
      return;
    }
    long before = steps();
    await(() -> steps() > before, process);
    if (kind == 1) { // while it trains
      pause(random.nextInt(200_000), process);
      return;
    }
    pause(kind == 2 ? random.nextInt(100_000) : 0, process);
    String name = kind == 2 ? PART : "." + tiny.out().getFileName() + "." + PART;
    await(() -> !list(name).isEmpty(), process);
    pause(random.nextInt(400), process);
  }

  private static void pause(int micros, Process process) {
    long end = System.nanoTime() + micros * 1000L;
    await(() -> System.nanoTime() >= end, process);
  }

  /** Without sleeping, which takes longer than writing a file. */
  private static void await(BooleanSupplier moment, Process process) {
    while (process.isAlive() && !moment.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /** Steps of the checkpoint; 0 without one. */
  private long steps() {
    try {
      return Files.exists(tiny.checkpoint())
          ? Long.parseLong(Safetensors.readMetadata(tiny.checkpoint()).get("checkpoint.steps"))
          : 0;
    } catch (IOException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private List<Path> list(String names) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(tiny.outFolder(), names)) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new AssertionError("seed " + seed, e);
    }
    return found;
  }

  /** All that has its name is whole; what was learnt once is never learnt again. */
  private void checkFiles() throws IOException {
    killsInWriting += list(PART).isEmpty() ? 0 : 1;
    clear(PART); // as cnnc does after an hour
    for (Path file : list("*.safetensors")) {
      assertThat(Safetensors.read(file).tensors()).containsKey("conv1.weight");
    }
    weightsFound += Files.exists(tiny.out()) ? 1 : 0;
    long steps = steps();
    assertThat(steps).as("seed " + seed).isGreaterThanOrEqualTo(stepsBefore);
    stepsBefore = steps;
  }

  private void clear(String names) throws IOException {
    for (Path file : list(names)) {
      Files.delete(file);
    }
  }
}
